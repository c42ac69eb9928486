package org.chatarchiver.routing;

import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The address of a node of a route in one piece, as people write it ({@code uri: direct:x}) or as editors do (the name as a parameter). */
final class EndpointUri {
    private static final Set<String> NAMED = Set.of("direct", "seda", "log");

    private EndpointUri() {}

    /** @return empty where the node has no address */
    static String of(Node node) {
        if (node instanceof ScalarNode) {
            return RouteFile.text(node);
        }
        String uri = RouteFile.text(node, "uri");
        String scheme = uri.endsWith(":") ? uri.substring(0, uri.length() - 1) : uri;
        if (!NAMED.contains(scheme)) {
            return uri;
        }
        String name = RouteFile.get(node, "parameters")
                .map(parameters -> RouteFile.text(parameters, scheme.equals("log") ? "loggerName" : "name"))
                .orElse("");
        return scheme + ":" + name;
    }
}
