package org.chatarchiver.routing;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The conventions of what stands inside a route: decisions are Java classes, options stand in their own lines, and nothing logs a body. */
final class RouteSteps {
    /** Languages that are no part of the program. */
    private static final Set<String> MISSING =
            Set.of("groovy", "java", "joor", "js", "javascript", "mvel", "ognl", "python");

    private static final Set<String> CODE = Set.of("spel", "language", "script");
    private static final Set<String> EXPRESSIONS = Set.of("simple", "jq", "jsonpath", "xpath", "xquery");
    static final Set<String> SENDERS = Set.of("to", "toD", "wireTap");
    /** Their address is an expression, of some a list. */
    private static final Set<String> COMPUTED =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    private static final Set<String> CONSTANTS = Set.of("constant", "simple");
    private static final Set<String> SETTERS = Set.of("setVariable", "variableReceive");
    private static final Set<String> READERS = Set.of("removeVariable", "variableSend");
    private static final Pattern USED_VARIABLE = Pattern.compile("\\$\\{variable(?:As)?[.:]?(\\w+)");
    private static final Pattern CONTENT =
            Pattern.compile("\\$\\{(?:body|in|header|variable|exchange|message|bodyAs|mandatory)");
    private static final Set<String> ALL_ERRORS = Set.of("java.lang.Exception", "java.lang.Throwable");
    private static final int EXPRESSION = 80;

    private final RouteFile file;
    private final CheckedRoutes found;
    private final VariableUse variables;
    private final Map<String, Problem> produced;

    /** @param produced gets every {@code direct:} name that is sent to, with its place */
    RouteSteps(RouteFile file, CheckedRoutes found, VariableUse variables, Map<String, Problem> produced) {
        this.file = file;
        this.found = found;
        this.variables = variables;
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
        if (RouteFile.get(node, "uri").isPresent()) {
            uri(node, EndpointUri.of(node), source);
        }
        for (NodeTuple entry : RouteFile.entries(node)) {
            String key = RouteFile.text(entry.getKeyNode());
            Node value = entry.getValueNode();
            boolean choice = key.equals("choice");
            if (choice && choices > 0) {
                warning(value, "has a choice inside a choice; best move it into a route of its own");
            }
            entry(key, value);
            walk(value, choice ? choices + 1 : choices, key.equals("from"));
        }
        RouteFile.list(node).forEach(child -> walk(child, choices, false));
    }

    private void entry(String key, Node value) {
        if (key.equals("routeConfigurationId")) {
            problem(value, "uses routeConfigurationId, whose misspelling Camel does not notice");
        } else if (MISSING.contains(key)) {
            problem(value, "uses " + key + ", which is no part of the archiver; a decision is a Java class");
        } else if (CODE.contains(key)) {
            warning(value, "uses " + key + "; a decision is best a Java class");
        } else if (EXPRESSIONS.contains(key)) {
            expression(value, scalar(value, "expression"));
        } else if (key.equals("log")) {
            log(value, scalar(value, "message"));
        } else if (SETTERS.contains(key)) {
            variables.set(scalar(value, "name"), file.problem(value, ""));
        } else if (key.equals("setVariables")) {
            RouteFile.list(value, "variables")
                    .forEach(one -> variables.set(scalar(one, "name"), file.problem(one, "")));
        } else if (key.equals("variable")) {
            variables.read(scalar(value, "expression"), file.problem(value, ""));
        } else if (READERS.contains(key)) {
            variables.read(scalar(value, "name"), file.problem(value, ""));
        } else if (SENDERS.contains(key) && value instanceof ScalarNode) {
            uri(value, RouteFile.text(value), false);
        } else if (COMPUTED.contains(key)) {
            computed(value);
        }
        if (value instanceof ScalarNode) {
            Matcher used = USED_VARIABLE.matcher(RouteFile.text(value));
            while (used.find()) {
                variables.read(used.group(1), file.problem(value, ""));
            }
        }
    }

    private void computed(Node sender) {
        for (NodeTuple entry : RouteFile.entries(sender)) {
            String key = RouteFile.text(entry.getKeyNode());
            if (key.equals("expression")) {
                computed(entry.getValueNode());
            } else if (CONSTANTS.contains(key)) {
                addresses(entry.getValueNode(), scalar(entry.getValueNode(), "expression"));
            }
        }
    }

    /** Which address comes of a message is known only then. */
    private void addresses(Node at, String list) {
        if (!list.contains("${")) {
            for (String address : list.split(",")) {
                uri(at, address.strip(), false);
            }
        }
    }

    /** The node's own text, or the one under a key of it. */
    private static String scalar(Node node, String key) {
        return node instanceof ScalarNode ? RouteFile.text(node) : RouteFile.text(node, key);
    }

    private void expression(Node at, String text) {
        if (text.length() > EXPRESSION) {
            warning(at, "has an expression of " + text.length() + " characters; a decision is best a Java class");
        }
    }

    private void log(Node at, String text) {
        if (CONTENT.matcher(text).find()) {
            problem(at, "logs what a message holds; log ids and counts from a bean");
        }
    }

    private void uri(Node at, String uri, boolean source) {
        if (uri.contains("?") && !uri.startsWith("{{")) {
            warning(at, "has options in the uri '" + Printable.of(uri) + "'; best write them under 'parameters'");
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
        found.problems().add(file.problem(at, sentence));
    }

    private void warning(Node at, String sentence) {
        found.warnings().add(file.problem(at, sentence));
    }
}
