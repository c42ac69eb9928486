package org.chatarchiver.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.yaml.snakeyaml.nodes.Node;

/** The beans that route files bring along, in a trial: stand-ins, which have their types and nothing of what they do. */
final class DeclaredBeans {
    private static final String LOCAL = "trial-";

    private final Registry registry;

    DeclaredBeans(Registry registry) {
        this.registry = registry;
    }

    void bind(List<RouteFile> files) {
        files.forEach(file -> file.all(WithoutBeans.BEANS)
                .forEach(list -> RouteFile.list(list).forEach(bean -> bind(bean, RouteFile.text(bean, "name")))));
    }

    /**
     * Those that templates make for each of their routes.
     *
     * @return their names, by the placeholder that a step has for each
     */
    Map<String, String> bindLocals(List<RouteFile> files) {
        Map<String, String> names = new HashMap<>();
        for (RouteFile file : files) {
            for (Node template : file.all("routeTemplate")) {
                for (Node bean : RouteFile.list(template, WithoutBeans.BEANS)) {
                    String name = RouteFile.text(bean, "name");
                    bind(bean, LOCAL + name);
                    names.put(name, LOCAL + name);
                }
            }
        }
        return names;
    }

    private void bind(Node bean, String name) {
        BeanReferences.load(RouteFile.text(bean, "type"))
                .map(StandIns::declared)
                .ifPresent(standIn -> registry.bind(name, standIn));
    }
}
