package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * The text of a route file with empty lists in the place of the beans that it declares, in elements and in templates, and every step where
 * it was. Camel makes beans while it reads a file: their constructors, scripts and factories would run in a mere trial.
 */
final class WithoutBeans {
    static final String BEANS = "beans";

    private WithoutBeans() {}

    /** @throws IllegalArgumentException where a way of writing it keeps them in */
    static String of(RouteFile file) {
        List<NodeTuple> lists = new ArrayList<>();
        file.elements().forEach(element -> collect(element, lists));
        lists.sort(Comparator.comparingInt(
                        (NodeTuple entry) -> entry.getKeyNode().getEndMark().getIndex())
                .reversed());
        String text = file.text();
        int[] points = text.codePoints().toArray();
        for (NodeTuple entry : lists) {
            int from =
                    text.offsetByCodePoints(0, entry.getKeyNode().getEndMark().getIndex());
            int to = text.offsetByCodePoints(0, Math.min(points.length, end(entry)));
            text = text.substring(0, from) + ": []" + blank(text.substring(from, to)) + text.substring(to);
        }
        RouteFile cut = RouteFile.parse(file.name(), file.path(), text);
        List<NodeTuple> left = new ArrayList<>();
        cut.elements().forEach(element -> collect(element, left));
        if (!cut.problems().isEmpty()
                || cut.elements().size() != file.elements().size()
                || left.size() != lists.size()
                || left.stream().anyMatch(entry -> !isEmpty(entry.getValueNode()))) {
            throw new IllegalArgumentException(
                    "declares beans in a way that cannot be tried; write 'beans:' and a list");
        }
        return text;
    }

    private static int end(NodeTuple entry) {
        return entry.getValueNode().getEndMark().getIndex();
    }

    private static boolean isEmpty(Node value) {
        return RouteFile.list(value).isEmpty()
                && RouteFile.entries(value).isEmpty()
                && RouteFile.text(value).isEmpty();
    }

    private static void collect(Node node, List<NodeTuple> lists) {
        for (NodeTuple entry : RouteFile.entries(node)) {
            if (RouteFile.text(entry.getKeyNode()).equals(BEANS)) {
                lists.add(entry);
            } else {
                collect(entry.getValueNode(), lists);
            }
        }
        RouteFile.list(node).forEach(child -> collect(child, lists));
    }

    /** As many lines, and the place in the last of them. */
    private static String blank(String cut) {
        int last = cut.lastIndexOf('\n');
        return "\n".repeat((int) cut.chars().filter(c -> c == '\n').count())
                + (last < 0 ? "" : " ".repeat(cut.length() - last - 1));
    }
}
