package org.chatarchiver.routing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * What the shared route files must keep to, because Camel itself does not notice a {@code direct:} name that nobody listens to, a
 * misspelt variable or a second route of one id. What only makes a file hard to read is a warning: an editor writes longer files than
 * people do, and an operator's route is not refused for its looks.
 */
final class RouteConventions {
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> ELEMENTS = Set.of("route", "from", "routeTemplate", "onException", "beans");
    private static final int LINES = 120;
    private static final int ROUTES = 3;
    private static final int STEPS = 12;
    /** Called by Java. */
    private static final List<String> ENTRANCES =
            List.of("collect-run", "resume-run", "land-object", "read-object", "list-objects", "read-mapping");

    /** Started by a timer. */
    private static final List<String> BY_THEMSELVES = List.of(
            "adopt-pages",
            "find-alerts",
            "probe-destination",
            "queue-next-tries",
            "requeue-passing",
            "sweep-mappings",
            "sweep-pages",
            "sweep-runs",
            "tell-channels");

    /** Called by Java when somebody sets a connector up; without them all else works. */
    private static final List<String> FOR_SETTING_UP = List.of("fetch-account", "check-mailbox");

    private static final String CHANNELS = "errors.camel.yaml";
    /** Reached by a value of the enum {@link Channel}. */
    static final String TO_CHANNEL = "direct:${body.channel.id}";

    private final CheckedRoutes found = new CheckedRoutes();
    private final List<Problem> problems = found.problems();
    private final List<Problem> warnings = found.warnings();
    private final VariableUse variables = new VariableUse();
    private final Map<String, String> routes = new HashMap<>();
    private final Set<String> consumed = new HashSet<>();
    private final Map<String, Problem> produced = new HashMap<>();

    private RouteConventions() {}

    /** @return what was found in the shared files among these, in their order */
    static CheckedRoutes check(List<RouteFile> files) {
        RouteConventions conventions = new RouteConventions();
        files.stream().filter(file -> !file.isConnector()).forEach(conventions::file);
        conventions.pairs();
        conventions.present();
        conventions.variables.check(conventions.problems);
        return conventions.found;
    }

    private void file(RouteFile file) {
        problems.addAll(file.problems());
        List<Node> own = file.all("route");
        if (file.lines() > LINES) {
            warnings.add(new Problem(
                    file.name(),
                    LINES + 1,
                    "has " + file.lines() + " lines; a route file is best read with at most " + LINES));
        }
        int most = file.name().equals(CHANNELS) ? Channel.values().length : ROUTES;
        if (own.size() > most) {
            warnings.add(file.problem(
                    own.get(most), "is route " + (most + 1) + " of the file; " + most + " are easily read"));
        }
        for (Node element : file.elements()) {
            List<NodeTuple> entries = RouteFile.entries(element);
            entries.forEach(entry -> element(file, entry));
            if (entries.size() > 1) {
                problems.add(file.problem(
                        entries.get(1).getKeyNode(), "has two keys in one entry of its list; begin each with a dash"));
            }
            new RouteSteps(file, found, variables, produced).walk(element);
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
            case "from" -> {
                consumed.add(EndpointUri.of(value));
                warnings.add(file.problem(value, "is a route without an id and a description"));
            }
            case "onException", "beans" -> {}
            default ->
                problems.add(file.problem(
                        entry.getKeyNode(),
                        "has the element '" + Printable.of(key) + "'; a route file holds " + new TreeSet<>(ELEMENTS)));
        }
    }

    private void route(RouteFile file, Node route) {
        String id = unique(file, route);
        String from = RouteFile.get(route, "from").map(EndpointUri::of).orElse("");
        if (from.startsWith("direct:") && !from.equals("direct:" + id)) {
            warnings.add(file.problem(
                    route,
                    "route '" + Printable.of(id) + "' listens to '" + Printable.of(from) + "'; best name both alike"));
        }
        consumed.add(from);
        steps(file, route);
    }

    private String unique(RouteFile file, Node node) {
        String id = RouteFile.text(node, "id");
        if (!KEBAB.matcher(id).matches()) {
            warnings.add(file.problem(
                    node, "has the route id '" + Printable.of(id) + "'; an id is best written as words in kebab case"));
        }
        if (RouteFile.text(node, "description").isBlank()) {
            warnings.add(file.problem(node, "route '" + Printable.of(id) + "' has no description"));
        }
        String other = id.isEmpty() ? null : routes.putIfAbsent(id, file.name());
        if (other != null) {
            problems.add(file.problem(
                    node, "has a second route of the id '" + Printable.of(id) + "' (the first is in " + other + ")"));
        }
        return id;
    }

    private void steps(RouteFile file, Node route) {
        int steps = RouteFile.get(route, "from").map(RouteSteps::count).orElse(0);
        if (steps == 0) {
            problems.add(
                    file.problem(
                            route,
                            "has a route without a step, which Camel does not start; one that does nothing has an empty 'choice: {when: []}'"));
        }
        if (steps > STEPS) {
            warnings.add(file.problem(route, "has " + steps + " steps; a route is best read with at most " + STEPS));
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
        for (String started : BY_THEMSELVES) {
            if (!routes.containsKey(started)) {
                warnings.add(new Problem(
                        "",
                        0,
                        "no file has the route '" + started + "', which starts by itself; what it does is not done"));
            }
        }
        for (String entrance : ENTRANCES) {
            if (!consumed.contains("direct:" + entrance)) {
                problems.add(new Problem(
                        "", 0, "no file has the route '" + entrance + "', which the archiver itself calls"));
            }
        }
        for (String entrance : FOR_SETTING_UP) {
            if (!consumed.contains("direct:" + entrance)) {
                warnings.add(
                        new Problem(
                                "",
                                0,
                                "no file has the route '" + entrance
                                        + "', which is called when a connector is set up; take its file over from the routes as shipped"));
            }
        }
        for (Channel channel : Channel.values()) {
            if (!consumed.contains("direct:" + channel.id())) {
                problems.add(new Problem(CHANNELS, 0, "lacks the route of the channel '" + channel.id() + "'"));
            }
        }
    }
}
