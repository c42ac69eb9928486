package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * What the shared route files must keep to, because Camel itself does not notice a {@code direct:} name that nobody listens to, a
 * misspelt variable or a second route of one id, and because files that grow are no longer read.
 */
final class RouteConventions {
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> ELEMENTS = Set.of("route", "routeTemplate", "onException");
    private static final int LINES = 60;
    private static final int ROUTES = 3;
    private static final int STEPS = 12;
    /** Called by Java. */
    private static final List<String> ENTRANCES =
            List.of("collect-run", "resume-run", "land-object", "read-object", "list-objects");

    private static final String CHANNELS = "errors.camel.yaml";
    /** Reached by a value of the enum {@link Channel}. */
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
        conventions.present();
        return conventions.problems;
    }

    private void file(RouteFile file) {
        problems.addAll(file.problems());
        List<Node> own = file.all("route");
        if (file.lines() > LINES) {
            problems.add(new Problem(
                    file.name(), LINES + 1, "has " + file.lines() + " lines; a route file has at most " + LINES));
        }
        int most = file.name().equals(CHANNELS) ? Channel.values().length : ROUTES;
        if (own.size() > most) {
            problems.add(file.problem(own.get(most), "is one route too many; the file has at most " + most));
        }
        for (Node element : file.elements()) {
            for (NodeTuple entry : RouteFile.entries(element)) {
                element(file, entry);
            }
            new RouteSteps(file, problems, produced).walk(element);
        }
    }

    private void element(RouteFile file, NodeTuple entry) {
        String key = RouteFile.text(entry.getKeyNode());
        Node value = entry.getValueNode();
        switch (key) {
            case "route" -> route(file, value);
            case "routeTemplate" -> {
                unique(file, value);
                RouteFile.get(value, "route").ifPresent(route -> steps(file, route));
                new TemplateRules(file, value, problems).check();
            }
            case "onException" -> {}
            default ->
                problems.add(file.problem(
                        entry.getKeyNode(),
                        "has the element '" + Printable.of(key) + "'; a route file holds " + new TreeSet<>(ELEMENTS)));
        }
    }

    private void route(RouteFile file, Node route) {
        String id = unique(file, route);
        String from = RouteFile.get(route, "from")
                .map(node -> RouteFile.text(node, "uri"))
                .orElse("");
        if (from.startsWith("direct:") && !from.equals("direct:" + id)) {
            problems.add(file.problem(route, "route '" + id + "' listens to '" + from + "'; name both alike"));
        }
        consumed.add(from);
        steps(file, route);
    }

    private String unique(RouteFile file, Node node) {
        String id = RouteFile.text(node, "id");
        if (!KEBAB.matcher(id).matches()) {
            problems.add(
                    file.problem(node, "has the route id '" + Printable.of(id) + "'; an id is words in kebab case"));
        }
        if (RouteFile.text(node, "description").isBlank()) {
            problems.add(file.problem(node, "route '" + Printable.of(id) + "' has no description"));
        }
        String other = routes.putIfAbsent(id, file.name());
        if (other != null) {
            problems.add(file.problem(
                    node, "has a second route of the id '" + Printable.of(id) + "' (the first is in " + other + ")"));
        }
        return id;
    }

    private void steps(RouteFile file, Node route) {
        int steps = RouteFile.get(route, "from").map(RouteSteps::count).orElse(0);
        if (steps > STEPS) {
            problems.add(file.problem(route, "has " + steps + " steps; a route has at most " + STEPS));
        }
    }

    private void pairs() {
        Problem toChannels = produced.remove(TO_CHANNEL);
        if (toChannels != null) {
            for (Channel channel : Channel.values()) {
                produced.putIfAbsent("direct:" + channel.id(), toChannels);
            }
        }
        produced.forEach((uri, at) -> {
            if (!consumed.contains(uri)) {
                problems.add(new Problem(
                        at.file(), at.line(), "sends to '" + Printable.of(uri) + "', which no route listens to"));
            }
        });
    }

    private void present() {
        for (String entrance : ENTRANCES) {
            if (!consumed.contains("direct:" + entrance)) {
                problems.add(new Problem(
                        "", 0, "no file has the route '" + entrance + "', which the archiver itself calls"));
            }
        }
        for (Channel channel : Channel.values()) {
            if (!CHANNELS.equals(routes.get(channel.id()))) {
                problems.add(new Problem(CHANNELS, 0, "lacks the route of the channel '" + channel.id() + "'"));
            }
        }
    }
}
