package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.chatarchiver.ledger.Channel;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What the shared route files must keep to, because Camel itself does not notice a {@code direct:} name that nobody listens to, a
 * misspelt variable or a second route of one id, and because files that grow are no longer read.
 */
final class RouteConventions {
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LINES = 60;
    private static final int ROUTES = 3;
    private static final int STEPS = 12;
    private static final int EXPRESSION = 80;
    /** Reached by {@code toD: direct:${body.channel.id}}, a value of an enum. */
    private static final String TO_CHANNEL = "direct:${body.channel.id}";

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> routes = new HashMap<>();
    private final Set<String> consumed = new HashSet<>();
    private final Map<String, Problem> produced = new HashMap<>();

    private RouteConventions() {}

    /** @return every problem in the shared files among these, in their order */
    static List<Problem> check(List<RouteFile> files) {
        RouteConventions conventions = new RouteConventions();
        files.stream().filter(file -> !file.isConnector()).forEach(conventions::file);
        conventions.pairs();
        return conventions.problems;
    }

    private void file(RouteFile file) {
        problems.addAll(file.problems());
        boolean channels = file.name().equals("errors.camel.yaml");
        List<Node> routesHere = file.elements().stream()
                .flatMap(element -> RouteFile.get(element, "route").stream())
                .toList();
        if (file.lines() > LINES) {
            problems.add(new Problem(
                    file.name(), LINES + 1, "has " + file.lines() + " lines; a route file has at most " + LINES));
        }
        if (routesHere.size() > (channels ? Channel.values().length : ROUTES)) {
            problems.add(new Problem(
                    file.name(), 0, "has " + routesHere.size() + " routes; a route file has at most " + ROUTES));
        }
        for (Node element : file.elements()) {
            RouteFile.get(element, "route").ifPresent(route -> route(file, route));
            RouteFile.get(element, "routeTemplate").ifPresent(template -> {
                describe(file, template);
                RouteFile.get(template, "route").ifPresent(route -> steps(file, route));
            });
            walk(file, element, 0);
        }
    }

    private void route(RouteFile file, Node route) {
        String id = describe(file, route);
        String other = routes.putIfAbsent(id, file.name());
        if (other != null) {
            problems.add(
                    file.problem(route, "has a second route of the id '" + id + "' (the first is in " + other + ")"));
        }
        String from = RouteFile.get(route, "from")
                .map(node -> RouteFile.text(node, "uri"))
                .orElse("");
        if (from.startsWith("direct:") && !from.equals("direct:" + id)) {
            problems.add(file.problem(route, "route '" + id + "' listens to '" + from + "'; name both alike"));
        }
        consumed.add(from);
        steps(file, route);
    }

    private String describe(RouteFile file, Node node) {
        String id = RouteFile.text(node, "id");
        if (!KEBAB.matcher(id).matches()) {
            problems.add(file.problem(node, "has the route id '" + id + "'; an id is words in kebab case"));
        }
        if (RouteFile.text(node, "description").isBlank()) {
            problems.add(file.problem(node, "route '" + id + "' has no description"));
        }
        return id;
    }

    private void steps(RouteFile file, Node route) {
        int steps =
                RouteFile.get(route, "from").map(RouteConventions::countSteps).orElse(0);
        if (steps > STEPS) {
            problems.add(file.problem(route, "has " + steps + " steps; a route has at most " + STEPS));
        }
    }

    private static int countSteps(Node node) {
        int count = 0;
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (RouteFile.text(entry.getKeyNode()).equals("steps")
                        && entry.getValueNode() instanceof SequenceNode list) {
                    count += list.getValue().size();
                }
                count += countSteps(entry.getValueNode());
            }
        } else if (node instanceof SequenceNode list) {
            count = list.getValue().stream()
                    .mapToInt(RouteConventions::countSteps)
                    .sum();
        }
        return count;
    }

    private void walk(RouteFile file, Node node, int choices) {
        if (node instanceof MappingNode map) {
            map.getValue().forEach(entry -> entry(file, entry, choices));
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(child -> walk(file, child, choices));
        }
    }

    private void entry(RouteFile file, NodeTuple entry, int choices) {
        String key = RouteFile.text(entry.getKeyNode());
        Node value = entry.getValueNode();
        String text = value instanceof ScalarNode ? RouteFile.text(value) : "";
        switch (key) {
            case "routeConfigurationId" ->
                problems.add(file.problem(value, "uses routeConfigurationId, whose misspelling Camel does not notice"));
            case "groovy" -> problems.add(file.problem(value, "uses groovy; a decision is a Java class"));
            case "simple", "jq", "jsonpath" ->
                expression(file, value, text.isEmpty() ? RouteFile.text(value, "expression") : text);
            case "setVariable" -> variable(file, value);
            case "to", "toD", "wireTap", "enrich" ->
                produce(file, value, text.isEmpty() ? RouteFile.text(value, "uri") : text);
            default -> {}
        }
        if (key.equals("choice") && choices > 0) {
            problems.add(file.problem(value, "has a choice inside a choice; move it into a route of its own"));
        }
        walk(file, value, key.equals("choice") ? choices + 1 : choices);
    }

    private void expression(RouteFile file, Node at, String text) {
        if (text.length() > EXPRESSION) {
            problems.add(file.problem(
                    at, "has an expression of " + text.length() + " characters; a decision is a Java class"));
        }
    }

    private void variable(RouteFile file, Node at) {
        String name = RouteFile.text(at, "name");
        if (!Variables.ALL.contains(name)) {
            problems.add(file.problem(at, "sets the variable '" + name + "'; known are " + Variables.ALL));
        }
    }

    private void produce(RouteFile file, Node at, String uri) {
        if (uri.equals(TO_CHANNEL)) {
            for (Channel channel : Channel.values()) {
                produced.putIfAbsent("direct:" + channel.id(), file.problem(at, ""));
            }
        } else if (uri.startsWith("direct:")) {
            produced.putIfAbsent(uri, file.problem(at, ""));
        }
    }

    private void pairs() {
        produced.forEach((uri, at) -> {
            if (!consumed.contains(uri)) {
                problems.add(new Problem(at.file(), at.line(), "sends to '" + uri + "', which no route listens to"));
            }
        });
    }
}
