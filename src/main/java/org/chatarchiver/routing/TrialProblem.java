package org.chatarchiver.routing;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The place in the files of what Camel complains of: it knows the id of a route that it cannot make, or the name that it cannot find. */
final class TrialProblem {
    private static final Logger LOG = LoggerFactory.getLogger(TrialProblem.class);
    private static final Pattern LINE = Pattern.compile(", line (\\d+), column");
    /** As in {@code for: name of type:}, {@code [name]}, {@code reference name}. */
    private static final Pattern NAME = Pattern.compile("[\\w#][\\w.:#-]{2,}");

    private TrialProblem() {}

    /**
     * @param files which of it is in
     * @param masked a text without what settings hold: Camel quotes addresses with that in them
     */
    static Problem of(List<RouteFile> files, Throwable error, UnaryOperator<String> masked) {
        String route = "";
        Throwable root = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            route = cause instanceof FailedToCreateRouteException failed ? failed.getRouteId() : route;
            root = cause;
        }
        String why = masked.apply(
                root instanceof LinkageError || root.getMessage() == null ? root.toString() : root.getMessage());
        LOG.debug("A route on trial cannot be made: {}: {}", root.getClass().getName(), why);
        Matcher line = LINE.matcher(why);
        if (files.size() == 1 && line.find()) {
            return new Problem(
                    files.get(0).name(), Integer.parseInt(line.group(1)), "cannot be used: " + firstLine(why));
        }
        for (RouteFile file : files) {
            for (Node element : file.all("route")) {
                if (RouteFile.text(element, "id").equals(route)) {
                    Node at = mentioned(element, why);
                    return file.problem(
                            at == null ? element : at, "route '" + route + "' cannot be used: " + firstLine(why));
                }
            }
        }
        for (RouteFile file : files) {
            for (Node element : file.elements()) {
                Node at = mentioned(element, why);
                if (at != null) {
                    return file.problem(at, "cannot be used: " + firstLine(why));
                }
            }
        }
        return new Problem(files.size() == 1 ? files.get(0).name() : "", 0, "cannot be used: " + firstLine(why));
    }

    private static String firstLine(String why) {
        return Printable.of(why.lines().findFirst().orElse("").strip());
    }

    /** The first text that the complaint quotes as a whole; null for none. */
    private static Node mentioned(Node node, String why) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            Node found = mentioned(entry.getValueNode(), why);
            if (found != null) {
                return found;
            }
        }
        for (Node child : RouteFile.list(node)) {
            Node found = mentioned(child, why);
            if (found != null) {
                return found;
            }
        }
        String text = RouteFile.text(node);
        return NAME.matcher(text).matches() && quotes(why, text) ? node : null;
    }

    private static boolean quotes(String why, String text) {
        String bare = text.replaceFirst("^#(bean:|class:)?", "");
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(bare) + "(?![\\w-])")
                .matcher(why)
                .find();
    }
}
