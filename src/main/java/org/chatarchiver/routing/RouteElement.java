package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * An entry of a route file's list, as one that can be replaced by itself.
 *
 * @param id of the route, template, connector or bean; empty for error handling, and for a route without one
 * @param meaning what it says, whatever its comments, its style and the order of its keys
 */
record RouteElement(Kind kind, String id, RouteFile file, Node node, String meaning) {

    enum Kind {
        ROUTE,
        TEMPLATE,
        CONNECTOR,
        /** Counts for the routes of its file. */
        ERROR_HANDLING,
        BEANS
    }

    /** @param file whose entries change all together where they do not stand in lines of their own */
    static List<RouteElement> of(RouteFile file) {
        boolean inLines = RouteLines.isInLines(file);
        List<RouteElement> elements = new ArrayList<>();
        for (Node node : file.elements()) {
            for (NodeTuple entry : RouteFile.entries(node)) {
                String meaning = inLines
                        ? meaning(node)
                        : file.elements().stream().map(RouteElement::meaning).collect(Collectors.joining());
                elements.add(element(file, node, meaning, RouteFile.text(entry.getKeyNode()), entry.getValueNode()));
            }
        }
        return elements;
    }

    private static RouteElement element(RouteFile file, Node node, String meaning, String key, Node value) {
        return switch (key) {
            case "route" -> new RouteElement(Kind.ROUTE, RouteFile.text(value, "id"), file, node, meaning);
            case "routeTemplate" -> new RouteElement(Kind.TEMPLATE, RouteFile.text(value, "id"), file, node, meaning);
            case "templatedRoute" ->
                new RouteElement(Kind.CONNECTOR, RouteFile.text(value, "routeId"), file, node, meaning);
            case "onException" -> new RouteElement(Kind.ERROR_HANDLING, "", file, node, meaning);
            case "beans" -> new RouteElement(Kind.BEANS, "", file, node, meaning);
            default -> new RouteElement(Kind.ROUTE, "", file, node, meaning);
        };
    }

    /** The names of the beans that it declares. */
    Set<String> beans() {
        Set<String> names = new TreeSet<>();
        RouteFile.list(node, "beans").forEach(bean -> names.add(RouteFile.text(bean, "name")));
        return names;
    }

    /** The addresses that it listens to. */
    Set<String> listens() {
        Set<String> addresses = new TreeSet<>();
        RouteFile.entries(node).forEach(entry -> {
            Node value = entry.getValueNode();
            RouteFile.get(value, "from")
                    .or(() -> Optional.of(value))
                    .map(EndpointUri::of)
                    .ifPresent(addresses::add);
        });
        addresses.remove("");
        return addresses;
    }

    /** The addresses that it names, as far as they stand in it. */
    Set<String> names() {
        Set<String> addresses = new TreeSet<>();
        names(node, addresses);
        return addresses;
    }

    private static void names(Node node, Set<String> addresses) {
        if (node instanceof ScalarNode || RouteFile.get(node, "uri").isPresent()) {
            addresses.add(EndpointUri.of(node));
        }
        RouteFile.entries(node).forEach(entry -> names(entry.getValueNode(), addresses));
        RouteFile.list(node).forEach(child -> names(child, addresses));
    }

    boolean mentions(String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(meaning)
                .find();
    }

    /** From 0. */
    int line() {
        return node.getStartMark().getLine();
    }

    static String meaning(Node node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(Node node, StringBuilder text) {
        if (node instanceof ScalarNode scalar) {
            text.append('"')
                    .append(scalar.getValue().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        } else if (node instanceof SequenceNode list) {
            text.append('[');
            list.getValue().forEach(child -> write(child, text.append(',')));
            text.append(']');
        } else if (node instanceof MappingNode map) {
            text.append('{');
            map.getValue().stream()
                    .sorted(Comparator.comparing(entry -> RouteFile.text(entry.getKeyNode())))
                    .forEach(entry -> {
                        write(entry.getKeyNode(), text.append(','));
                        write(entry.getValueNode(), text.append(':'));
                    });
            text.append('}');
        }
    }
}
