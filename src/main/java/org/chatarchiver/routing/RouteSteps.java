package org.chatarchiver.routing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The conventions of what stands inside a route: decisions are Java classes, options stand in their own lines, and nothing logs a body. */
final class RouteSteps {
    private static final Set<String> CODE = Set.of(
            "groovy", "java", "joor", "js", "javascript", "mvel", "ognl", "python", "spel", "language", "script");
    private static final Set<String> EXPRESSIONS = Set.of("simple", "jq", "jsonpath", "xpath", "xquery");
    private static final Set<String> SENDERS =
            Set.of("uri", "to", "toD", "wireTap", "enrich", "pollEnrich", "recipientList");
    private static final Set<String> VARIABLE_NAMES =
            Set.of("setVariable", "removeVariable", "variable", "variableSend", "variableReceive");
    private static final Pattern USED_VARIABLE = Pattern.compile("\\$\\{variable(?:As)?[.:]?(\\w+)");
    private static final Pattern CONTENT =
            Pattern.compile("\\$\\{(?:body|in|header|variable|exchange|message|bodyAs|mandatory)");
    private static final Set<String> ALL_ERRORS = Set.of("java.lang.Exception", "java.lang.Throwable");
    private static final int EXPRESSION = 80;

    private final RouteFile file;
    private final List<Problem> problems;
    private final Map<String, Problem> produced;

    /** @param produced gets every {@code direct:} name that is sent to, with its place */
    RouteSteps(RouteFile file, List<Problem> problems, Map<String, Problem> produced) {
        this.file = file;
        this.problems = problems;
        this.produced = produced;
    }

    /** The steps of a route, those within steps included. */
    static int count(Node node) {
        int count = 0;
        for (NodeTuple entry : RouteFile.entries(node)) {
            if (RouteFile.text(entry.getKeyNode()).equals("steps")) {
                count += RouteFile.list(entry.getValueNode()).size();
            }
            count += count(entry.getValueNode());
        }
        return count + RouteFile.list(node).stream().mapToInt(RouteSteps::count).sum();
    }

    void walk(Node element) {
        RouteFile.get(element, "onException").ifPresent(this::handled);
        walk(element, 0, false);
    }

    private void walk(Node node, int choices, boolean source) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            String key = RouteFile.text(entry.getKeyNode());
            Node value = entry.getValueNode();
            boolean choice = key.equals("choice");
            if (choice && choices > 0) {
                problem(value, "has a choice inside a choice; move it into a route of its own");
            }
            entry(key, value, source);
            walk(value, choice ? choices + 1 : choices, key.equals("from"));
        }
        RouteFile.list(node).forEach(child -> walk(child, choices, false));
    }

    private void entry(String key, Node value, boolean source) {
        if (key.equals("routeConfigurationId")) {
            problem(value, "uses routeConfigurationId, whose misspelling Camel does not notice");
        } else if (CODE.contains(key)) {
            problem(value, "uses " + key + "; a decision is a Java class");
        } else if (EXPRESSIONS.contains(key)) {
            expression(value, scalar(value, "expression"));
        } else if (key.equals("log")) {
            log(value, scalar(value, "message"));
        } else if (VARIABLE_NAMES.contains(key)) {
            variable(value, scalar(value, "name"));
        } else if (SENDERS.contains(key) && value instanceof ScalarNode) {
            uri(value, RouteFile.text(value), source);
        }
        if (value instanceof ScalarNode) {
            Matcher used = USED_VARIABLE.matcher(RouteFile.text(value));
            while (used.find()) {
                variable(value, used.group(1));
            }
        }
    }

    /** The node's own text, or the one under a key of it. */
    private static String scalar(Node node, String key) {
        return node instanceof ScalarNode ? RouteFile.text(node) : RouteFile.text(node, key);
    }

    private void expression(Node at, String text) {
        if (text.length() > EXPRESSION) {
            problem(at, "has an expression of " + text.length() + " characters; a decision is a Java class");
        }
    }

    private void log(Node at, String text) {
        if (CONTENT.matcher(text).find()) {
            problem(at, "logs what a message holds; log ids and counts from a bean");
        }
    }

    private void variable(Node at, String name) {
        if (!Variables.ALL.contains(name)) {
            problem(at, "uses the variable '" + Printable.of(name) + "'; known are " + new TreeSet<>(Variables.ALL));
        }
    }

    private void uri(Node at, String uri, boolean source) {
        if (uri.contains("?") && !uri.startsWith("{{")) {
            problem(at, "has options in the uri '" + Printable.of(uri) + "'; write them under 'parameters'");
        }
        if (uri.startsWith("log:")) {
            problem(at, "sends to '" + Printable.of(uri) + "', which logs message bodies");
        }
        if (!source && uri.startsWith("direct:")) {
            produced.putIfAbsent(uri, file.problem(at, ""));
        }
    }

    /** What is unexpected must stay unhandled, else the page counts as done although it is not. */
    private void handled(Node onException) {
        boolean all = RouteFile.list(onException, "exception").stream()
                .anyMatch(type -> ALL_ERRORS.contains(RouteFile.text(type)));
        if (all && RouteFile.get(onException, "handled").isPresent()) {
            problem(onException, "handles every error; name the exceptions of failures that are expected");
        }
    }

    private void problem(Node at, String sentence) {
        problems.add(file.problem(at, sentence));
    }
}
