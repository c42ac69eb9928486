package org.chatarchiver.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.routing.RouteFlow.Begin;
import org.chatarchiver.routing.RouteFlow.Call;
import org.chatarchiver.routing.RouteFlow.Step;

/** Draws the routes that are reached from some: a tree from left to right, whose leaves have a row of their own each. */
final class FlowPart {
    static final int LONGEST = 18;

    private static final int STEP = 148;
    private static final int WIDTH = 130;
    private static final int ROW = 34;
    private static final int HEIGHT = 26;
    private static final int LINE = 15;
    private static final int MOST_LINES = 12;
    private static final int GAP = 10;

    private static final class Node {
        private final String kind;
        private final String label;
        private final String title;
        private final boolean stopped;
        private final String line;
        private final List<String> more = new ArrayList<>();
        private final List<Node> children = new ArrayList<>();
        private int column;
        private int row;

        Node(String kind, String label, String title, boolean stopped, String line) {
            this.kind = kind;
            this.label = label;
            this.title = title;
            this.stopped = stopped;
            this.line = line;
        }

        int height() {
            return HEIGHT + LINE * more.size();
        }
    }

    private final Map<String, Step> steps;
    private final Set<String> placed;
    private final Set<String> stopped;
    private final List<FlowPicture.Box> boxes = new ArrayList<>();
    private final List<FlowPicture.Line> lines = new ArrayList<>();
    private int columns;

    /** @param placed ids of the routes that have a box, to which those of this part are added */
    FlowPart(Map<String, Step> steps, Set<String> placed, Set<String> stopped) {
        this.steps = steps;
        this.placed = placed;
        this.stopped = stopped;
    }

    /** @param roots none of which has a box */
    FlowPicture.Part drawn(String id, String title, List<Step> roots) {
        List<Node> trees = grown(roots);
        int rows = 0;
        for (Node tree : trees) {
            rows += place(tree, 0, rows);
        }
        trees.forEach(this::draw);
        int width = columns * STEP + WIDTH + 2;
        return new FlowPicture.Part(id, title, width, rows * ROW + 2 * GAP, List.copyOf(boxes), List.copyOf(lines));
    }

    private record Growing(Node node, List<Call> calls) {}

    /** Level by level, so that a route stands as near to what begins it as it can. */
    private List<Node> grown(List<Step> roots) {
        List<Node> trees = new ArrayList<>();
        Deque<Growing> growing = new ArrayDeque<>();
        List<Step> connectors = roots.stream().filter(Step::connector).toList();
        if (!connectors.isEmpty()) {
            Node all = connectors(connectors);
            trees.add(all);
            growing.add(new Growing(
                    all,
                    connectors.stream()
                            .flatMap(one -> one.calls().stream())
                            .distinct()
                            .toList()));
        }
        roots.stream().map(Step::id).forEach(placed::add);
        for (Step root : roots) {
            if (!root.connector()) {
                Node node = route(root, "");
                if (root.begin() == Begin.QUEUE) {
                    Node queue = new Node("queue", root.from(), root.from(), false, "");
                    queue.children.add(node);
                    trees.add(queue);
                } else {
                    trees.add(node);
                }
                growing.add(new Growing(node, root.calls()));
            }
        }
        while (!growing.isEmpty()) {
            grow(growing.remove(), growing);
        }
        return trees;
    }

    private void grow(Growing next, Deque<Growing> growing) {
        Set<String> drawn = new HashSet<>();
        for (Call call : next.calls()) {
            String target = call.route() + call.place();
            if (!drawn.add(target)) {
                continue;
            }
            if (call.route().isEmpty()) {
                boolean queue = call.place().equals(FlowPicture.PAGE_QUEUE) || isQueue(call.place());
                next.node()
                        .children
                        .add(new Node(queue ? "queue" : "outside", call.place(), call.place(), false, call.how()));
            } else if (placed.add(call.route())) {
                Node node = route(steps.get(call.route()), call.how());
                next.node().children.add(node);
                growing.add(new Growing(node, steps.get(call.route()).calls()));
            } else {
                next.node()
                        .children
                        .add(new Node(
                                "elsewhere",
                                call.route(),
                                call.route() + ", which is drawn elsewhere",
                                false,
                                call.how()));
            }
        }
    }

    private boolean isQueue(String place) {
        return steps.values().stream()
                .anyMatch(step -> step.begin() == Begin.QUEUE && step.from().equals(place));
    }

    private Node route(Step step, String line) {
        boolean still = stopped.contains(step.id());
        String title = step.id()
                + (still ? " (does not run)" : "")
                + (step.description().isEmpty() ? "" : ": " + step.description());
        return new Node("route", step.id(), title, still, line);
    }

    private Node connectors(List<Step> connectors) {
        List<String> ids = connectors.stream().map(Step::id).toList();
        boolean still = ids.stream().anyMatch(stopped::contains);
        if (ids.size() == 1) {
            return new Node("connector", ids.get(0), connectors.get(0).description(), still, "");
        }
        Node all = new Node("connector", ids.size() + " connectors", String.join(", ", ids), still, "");
        ids.stream().limit(MOST_LINES).forEach(all.more::add);
        if (ids.size() > MOST_LINES) {
            all.more.add("and " + (ids.size() - MOST_LINES) + " more");
        }
        return all;
    }

    /** @return how many rows it takes */
    private int place(Node node, int column, int row) {
        node.column = column;
        node.row = row;
        columns = Math.max(columns, column);
        int rows = 0;
        for (Node child : node.children) {
            rows += place(child, column + 1, row + rows);
        }
        return Math.max(rows, (node.height() + ROW - 1) / ROW);
    }

    private void draw(Node node) {
        boxes.add(new FlowPicture.Box(
                node.kind,
                x(node),
                y(node),
                WIDTH,
                node.height(),
                cut(node.label),
                node.more.stream().map(FlowPart::cut).toList(),
                node.title,
                node.stopped));
        int from = x(node) + WIDTH;
        int turn = from + (STEP - WIDTH) / 2;
        for (Node child : node.children) {
            int y = y(node) + HEIGHT / 2;
            String path = "M" + from + " " + y + "H" + turn + "V" + (y(child) + HEIGHT / 2) + "H" + (x(child) - 1);
            boolean apart = child.line.startsWith("wireTap")
                    || child.line.startsWith("hand over")
                    || child.kind.equals("queue")
                    || node.kind.equals("queue");
            lines.add(new FlowPicture.Line(
                    apart ? "apart" : "waits",
                    path,
                    node.label + " to " + child.label + (child.line.isEmpty() ? "" : ", by " + child.line)));
            draw(child);
        }
    }

    /** What leads out of the routes stands at the right. */
    private int x(Node node) {
        boolean out = node.children.isEmpty() && (node.kind.equals("outside") || node.kind.equals("queue"));
        return (out ? columns : node.column) * STEP + 1;
    }

    private static int y(Node node) {
        return GAP + node.row * ROW;
    }

    private static String cut(String label) {
        return label.codePointCount(0, label.length()) <= LONGEST
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LONGEST - 1)) + "\u2026";
    }
}
