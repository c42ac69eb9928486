package org.chatarchiver.routing;

import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.mapping.MappingSource;
import org.chatarchiver.message.Printable;
import org.quartz.CronExpression;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One connector file, held against everything that can be said of it alone. */
final class ConnectorFile {
    static final String TEMPLATE = "connector";
    static final Set<String> REQUIRED = Set.of("id", "name", "network", "folder", "username");
    static final Map<String, String> OPTIONAL =
            Map.of("schedule", "0 15 2 * * ?", "mapping", "", "automaticMapping", "false");

    private static final Set<String> KEYS = Set.of("routeTemplateRef", "routeId", "parameters");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern NETWORK = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** What shows nothing counts too: a mailbox would have two folders of one name. */
    private static final Pattern SPACE_AT_AN_END = Pattern.compile("^[\\s\\p{Z}\\p{Cf}]|[\\s\\p{Z}\\p{Cf}]$");

    /** Numbers by which Quartz's parser keeps signs, and which it does not refuse where they are written. */
    private static final Pattern QUARTZ_OWN = Pattern.compile("(?<!\\d)9[89](?!\\d)");

    private static final List<String> EVALUATED =
            List.of("{{", "${", "$simple{", "RAW(", "RAW{", "#bean:", "#class:", "#type:");
    private static final int LONGEST = 200;

    private final RouteFile file;
    private final Set<String> networks;
    private final List<Problem> problems;
    private final Map<String, String> values = new HashMap<>(OPTIONAL);
    private final Map<String, Node> places = new HashMap<>();
    private Node route;

    /** @param networks that a connector may name; empty for any */
    ConnectorFile(RouteFile file, Set<String> networks) {
        this.file = file;
        this.networks = networks;
        this.problems = new ArrayList<>(file.problems());
        if (problems.isEmpty()) {
            read();
        }
        if (problems.isEmpty()) {
            check();
        }
    }

    private void read() {
        List<Node> templated = file.all("templatedRoute");
        if (file.elements().size() != 1
                || templated.size() != 1
                || RouteFile.entries(file.elements().get(0)).size() != 1) {
            problems.add(new Problem(
                    file.name(),
                    1,
                    "holds something other than one '- templatedRoute:'; keep one connector in a file"));
            return;
        }
        route = templated.get(0);
        for (NodeTuple entry : RouteFile.entries(route)) {
            String key = RouteFile.text(entry.getKeyNode());
            require(
                    entry.getKeyNode(),
                    KEYS.contains(key),
                    "has the key " + quoted(key) + "; known are " + sorted(KEYS));
        }
        require(
                route,
                TEMPLATE.equals(RouteFile.text(route, "routeTemplateRef")),
                "has no 'routeTemplateRef: " + TEMPLATE + "'");
        RouteFile.list(route, "parameters").forEach(this::parameter);
        for (String key : sorted(REQUIRED)) {
            require(
                    places.getOrDefault(key, route),
                    !values.getOrDefault(key, "").isBlank(),
                    "lacks the parameter '" + key + "'");
        }
    }

    private void parameter(Node parameter) {
        String key = RouteFile.text(parameter, "name");
        Optional<Node> value = RouteFile.get(parameter, "value");
        require(
                parameter,
                REQUIRED.contains(key) || OPTIONAL.containsKey(key),
                "has the unknown parameter " + quoted(key) + "; known are " + sorted(REQUIRED) + " and "
                        + sorted(OPTIONAL.keySet()));
        require(parameter, places.put(key, parameter) == null, "has the parameter " + quoted(key) + " twice");
        if (value.isEmpty() || !(value.get() instanceof ScalarNode scalar)) {
            require(parameter, false, "parameter " + quoted(key) + " has no value that is a text");
            return;
        }
        String text = scalar.getValue();
        for (String evaluated : EVALUATED) {
            require(
                    parameter,
                    !text.contains(evaluated),
                    "parameter " + quoted(key) + " contains '" + evaluated
                            + "', which would be evaluated; write the value itself");
        }
        require(parameter, !CONTROL.matcher(text).find(), "parameter " + quoted(key) + " contains a control character");
        require(
                parameter,
                text.length() <= LONGEST || key.equals("mapping"),
                "parameter " + quoted(key) + " is longer than " + LONGEST + " characters");
        values.put(key, text);
    }

    private void check() {
        String id = values.get("id");
        require("id", ID.matcher(id).matches(), "has the id " + quoted(id) + "; an id is " + ID.pattern());
        require(
                route,
                id.equals(RouteFile.text(route, "routeId")),
                "has a routeId other than its parameter 'id'; make both the connector's id");
        String network = values.get("network");
        require(
                "network",
                NETWORK.matcher(network).matches() && (networks.isEmpty() || networks.contains(network)),
                "names the unknown network " + quoted(network) + "; known are " + sorted(networks)
                        + " (archiver.networks)");
        require(
                "username",
                values.get("username").indexOf(':') < 0,
                "has a username with a colon, which HTTP Basic cannot carry (RFC 7617)");
        String folder = values.get("folder");
        require(
                "folder",
                !SPACE_AT_AN_END.matcher(folder).find(),
                "has the folder " + quoted(folder)
                        + " with white space at an end, which a mailbox cannot have; take it away");
        String automatic = values.get("automaticMapping");
        require(
                "automaticMapping",
                automatic.equals("true") || automatic.equals("false"),
                "has automaticMapping " + quoted(automatic) + "; write true or false");
        MappingSource.refusal(id, values.get("mapping"), automatic.equals("true"))
                .ifPresent(refusal -> require("mapping", false, refusal));
        schedule();
    }

    private void schedule() {
        String schedule = values.get("schedule");
        require(
                "schedule",
                !QUARTZ_OWN.matcher(schedule).find(),
                "has the schedule " + quoted(schedule)
                        + ", in which Quartz would read 98 as ? and 99 as *; write those");
        try {
            CronExpression.validateExpression(schedule);
            require(
                    "schedule",
                    MissedSchedules.next(schedule, Instant.now()).isPresent(),
                    "has the schedule " + quoted(schedule)
                            + (MissedSchedules.next(schedule, Instant.EPOCH.minusSeconds(1))
                                            .isPresent()
                                    ? ", whose times have all passed"
                                    : ", which never fires")
                            + "; Quartz does not take it");
        } catch (ParseException e) {
            require(
                    "schedule",
                    false,
                    "has the schedule " + quoted(schedule) + ", which is no Quartz cron expression ("
                            + Printable.of(e.getMessage()) + "); daily at 02:15 UTC is '0 15 2 * * ?'");
        }
    }

    private void require(String parameter, boolean holds, String sentence) {
        require(places.getOrDefault(parameter, route), holds, sentence);
    }

    private void require(Node at, boolean holds, String sentence) {
        if (!holds) {
            problems.add(file.problem(at, sentence));
        }
    }

    private static String quoted(String outside) {
        return "'" + Printable.of(outside) + "'";
    }

    private static Set<String> sorted(Set<String> names) {
        return new TreeSet<>(names);
    }

    List<Problem> problems() {
        return problems;
    }

    RouteFile file() {
        return file;
    }

    Problem problem(String parameter, String sentence) {
        return file.problem(places.getOrDefault(parameter, route), sentence);
    }

    /** Makes sense where there are no problems only. */
    Connector connector() {
        return new Connector(
                values.get("id"),
                values.get("name"),
                values.get("network"),
                values.get("folder"),
                values.get("schedule"),
                values.get("username"),
                values.get("mapping"),
                Boolean.parseBoolean(values.get("automaticMapping")));
    }
}
