package org.chatarchiver.routing;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * The template of connectors: its parameters are those of {@link ConnectorFile}, and none of their values gets to a place where Camel
 * would evaluate it.
 */
final class TemplateRules {
    /** Names with a dot are settings of the application. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}.:]+)}}");

    private final RouteFile file;
    private final Node template;
    private final List<Problem> problems;
    private final Set<String> parameters;
    private final Set<String> beans;

    TemplateRules(RouteFile file, Node template, List<Problem> problems) {
        this.file = file;
        this.template = template;
        this.problems = problems;
        this.parameters = names(template, "parameters");
        this.beans = names(template, "beans");
    }

    private static Set<String> names(Node template, String key) {
        return RouteFile.list(template, key).stream()
                .map(entry -> RouteFile.text(entry, "name"))
                .collect(Collectors.toSet());
    }

    void check() {
        Set<String> known = Stream.concat(ConnectorFile.REQUIRED.stream(), ConnectorFile.OPTIONAL.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (RouteFile.text(template, "id").equals(ConnectorFile.TEMPLATE) && !known.equals(parameters)) {
            problems.add(file.problem(
                    template, "declares the parameters " + new TreeSet<>(parameters) + "; connectors have " + known));
        }
        RouteFile.list(template, "beans").forEach(bean -> values(bean, true));
        RouteFile.get(template, "route").ifPresent(route -> {
            for (NodeTuple entry : RouteFile.entries(route)) {
                if (RouteFile.text(entry.getKeyNode()).equals("from")) {
                    from(entry.getValueNode());
                } else {
                    values(entry.getValueNode(), false);
                }
            }
        });
    }

    private void from(Node from) {
        for (NodeTuple entry : RouteFile.entries(from)) {
            values(entry.getValueNode(), RouteFile.text(entry.getKeyNode()).equals("parameters"));
        }
    }

    private void values(Node node, boolean inert) {
        RouteFile.entries(node).forEach(entry -> values(entry.getValueNode(), inert));
        RouteFile.list(node).forEach(child -> values(child, inert));
        Matcher used = PLACEHOLDER.matcher(RouteFile.text(node));
        while (used.find()) {
            String name = used.group(1);
            if (parameters.contains(name)) {
                if (!inert) {
                    problems.add(file.problem(
                            node,
                            "puts the parameter '" + name
                                    + "' where it would be evaluated; hand it to a bean of the template"));
                }
            } else if (!beans.contains(name)) {
                problems.add(file.problem(
                        node,
                        "uses '" + Printable.of(name) + "', which is neither a parameter nor a bean of the template"));
            }
        }
    }
}
