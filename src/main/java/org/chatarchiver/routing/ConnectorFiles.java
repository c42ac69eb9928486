package org.chatarchiver.routing;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.quartz.CronExpression;
import org.yaml.snakeyaml.nodes.Node;

/** Reads connector files and says what is wrong with them: each file alone, then all of them together. */
final class ConnectorFiles {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern NETWORK = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");
    private static final List<String> EVALUATED =
            List.of("{{", "${", "$simple{", "RAW(", "#bean:", "#class:", "#type:");
    private static final Set<String> REQUIRED = Set.of("id", "name", "network", "folder", "username");
    private static final Map<String, String> OPTIONAL =
            Map.of("schedule", "0 15 2 * * ?", "mapping", "", "automaticMapping", "false");

    private final Set<String> networks;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Connector> good = new LinkedHashMap<>();
    private final Map<String, RouteFile> files = new LinkedHashMap<>();

    /** @param networks that a connector may name; empty for any */
    ConnectorFiles(Set<String> networks) {
        this.networks = networks;
    }

    /** Adds one file; its connector is good unless it, or one before it, says otherwise. */
    void add(RouteFile file) {
        int before = problems.size();
        problems.addAll(file.problems());
        List<Node> templated = file.elements().stream()
                .flatMap(element -> RouteFile.get(element, "templatedRoute").stream())
                .toList();
        if (problems.size() == before && (file.elements().size() != 1 || templated.size() != 1)) {
            problems.add(new Problem(
                    file.name(),
                    1,
                    "holds something other than one '- templatedRoute:'; keep one connector in a file"));
        }
        if (problems.size() > before) {
            return;
        }
        Map<String, String> values = parameters(file, templated.get(0));
        if (problems.size() == before) {
            Connector connector = connector(values);
            check(file, templated.get(0), connector);
            if (problems.size() == before) {
                good.put(connector.id(), connector);
                files.put(connector.id(), file);
            }
        }
    }

    private Map<String, String> parameters(RouteFile file, Node route) {
        Map<String, String> values = new HashMap<>(OPTIONAL);
        if (!"connector".equals(RouteFile.text(route, "routeTemplateRef"))) {
            problems.add(file.problem(route, "has no 'routeTemplateRef: connector'"));
        }
        for (Node parameter : RouteFile.list(route, "parameters")) {
            String key = RouteFile.text(parameter, "name");
            String value = RouteFile.text(parameter, "value");
            if (!REQUIRED.contains(key) && !OPTIONAL.containsKey(key)) {
                problems.add(file.problem(
                        parameter,
                        "has the unknown parameter '" + Printable.of(key) + "'; known are " + sorted(REQUIRED) + " and "
                                + sorted(OPTIONAL.keySet())));
            }
            for (String evaluated : EVALUATED) {
                if (value.contains(evaluated)) {
                    problems.add(file.problem(
                            parameter,
                            "parameter '" + Printable.of(key) + "' contains '" + evaluated
                                    + "', which would be evaluated; write the value itself"));
                }
            }
            if (CONTROL.matcher(value).find()) {
                problems.add(
                        file.problem(parameter, "parameter '" + Printable.of(key) + "' contains a control character"));
            }
            values.put(key, value);
        }
        for (String key : REQUIRED) {
            if (values.getOrDefault(key, "").isBlank()) {
                problems.add(file.problem(route, "lacks the parameter '" + key + "'"));
            }
        }
        if (!RouteFile.text(route, "routeId").equals(values.get("id"))) {
            problems.add(
                    file.problem(route, "has a routeId other than its parameter 'id'; make both the connector's id"));
        }
        return values;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private static Connector connector(Map<String, String> values) {
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

    private void check(RouteFile file, Node at, Connector connector) {
        require(
                file,
                at,
                ID.matcher(connector.id()).matches(),
                "has the id '" + Printable.of(connector.id()) + "'; an id is [a-z][a-z0-9-]{0,39}");
        require(
                file,
                at,
                NETWORK.matcher(connector.network()).matches()
                        && (networks.isEmpty() || networks.contains(connector.network())),
                "names the unknown network '" + Printable.of(connector.network()) + "'; known are " + sorted(networks));
        require(file, at, connector.folder().length() <= 200, "has a folder name of more than 200 characters");
        require(
                file,
                at,
                connector.automaticMapping() || !connector.mapping().isBlank(),
                "has neither a mapping nor automatic mapping; set 'mapping: file:<path>' or 'automaticMapping: true'");
        require(
                file,
                at,
                connector.mapping().isBlank() || connector.mapping().startsWith("file:"),
                "has the mapping '" + Printable.of(connector.mapping()) + "'; write file:<path>");
        cron(file, at, connector.schedule());
        for (Connector other : good.values()) {
            distinct(file, at, connector, other);
        }
    }

    private void cron(RouteFile file, Node at, String schedule) {
        try {
            CronExpression.validateExpression(schedule);
        } catch (ParseException e) {
            problems.add(file.problem(
                    at,
                    "has the schedule '" + Printable.of(schedule) + "', which is no Quartz cron expression ("
                            + e.getMessage() + "); daily at 02:15 UTC is '0 15 2 * * ?'"));
        }
    }

    private void distinct(RouteFile file, Node at, Connector one, Connector other) {
        String there = " as " + files.get(other.id()).name();
        require(file, at, !one.id().equals(other.id()), "has the same id '" + one.id() + "'" + there);
        require(
                file,
                at,
                !(one.network().equals(other.network()) && one.username().equals(other.username())),
                "has the same network and user name" + there);
        require(
                file,
                at,
                !one.folder().toLowerCase(Locale.ROOT).equals(other.folder().toLowerCase(Locale.ROOT)),
                "has the same folder '" + Printable.of(one.folder()) + "'" + there);
    }

    private void require(RouteFile file, Node at, boolean holds, String sentence) {
        if (!holds) {
            problems.add(file.problem(at, sentence));
        }
    }

    /** Good connectors by id, in the order of their files. */
    Map<String, Connector> good() {
        return good;
    }

    RouteFile file(String id) {
        return files.get(id);
    }

    List<Problem> problems() {
        return problems;
    }
}
