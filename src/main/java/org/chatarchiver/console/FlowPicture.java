package org.chatarchiver.console;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chatarchiver.routing.RouteFlow.Begin;
import org.chatarchiver.routing.RouteFlow.Call;
import org.chatarchiver.routing.RouteFlow.Step;

/**
 * The routes as boxes, each once, in columns by how many calls it is away from what begins, with a line for each call. Where a route is
 * called that stands elsewhere, a dashed box names it, so that no line crosses another.
 *
 * @param parts by what begins the routes in them, none empty
 */
record FlowPicture(List<Part> parts) {
    static final String PAGE_QUEUE = "page queue";

    private static final int BROAD = 1024;

    /** @param id of its element in the page */
    record Part(String id, String title, int width, int height, List<Box> boxes, List<Line> lines) {
        /** Whether it is to be scrolled rather than made small. */
        public boolean isBroad() {
            return width > BROAD;
        }

        public String viewBox() {
            return "0 0 " + width + " " + height;
        }
    }

    /**
     * @param kind route, connector, elsewhere (a route whose box is another one), queue or outside
     * @param label at most {@value FlowPart#LONGEST} characters
     * @param more further lines of the label
     * @param title all that is to be said of it
     */
    record Box(
            String kind,
            int x,
            int y,
            int width,
            int height,
            String label,
            List<String> more,
            String title,
            boolean stopped) {
        public int textX() {
            return x + 7;
        }

        public int textY() {
            return y + 17;
        }
    }

    /** @param path in the language of SVG */
    record Line(String kind, String path, String title) {}

    /** @param stopped ids of routes that do not run */
    static FlowPicture of(List<Step> steps, Set<String> stopped) {
        Map<String, Step> byId = new LinkedHashMap<>();
        steps.forEach(step -> byId.put(step.id(), step));
        Set<String> called = steps.stream()
                .flatMap(step -> step.calls().stream())
                .map(Call::route)
                .collect(Collectors.toSet());
        Set<String> placed = new HashSet<>();
        List<Part> parts = new ArrayList<>();
        Map<String, Predicate<Step>> roots = new LinkedHashMap<>();
        roots.put("Collecting: begun by the connectors' schedules", step -> step.connector());
        roots.put(
                "Archiving: begun by the page queue",
                step -> step.begin() == Begin.QUEUE && step.from().equals(PAGE_QUEUE));
        roots.put("Begun by timers and other queues", step -> step.begin() != Begin.CALL);
        roots.put("Called by the archiver itself, or by nobody", step -> !called.contains(step.id()));
        roots.put("Called by each other", step -> true);
        roots.forEach((title, isRoot) -> {
            boolean last = title.endsWith("each other");
            for (boolean more = true; more; ) {
                List<Step> found = steps.stream()
                        .filter(isRoot)
                        .filter(step -> !placed.contains(step.id()))
                        .limit(last ? 1 : Long.MAX_VALUE)
                        .toList();
                if (!found.isEmpty()) {
                    parts.add(new FlowPart(byId, placed, stopped).drawn("flow-" + (parts.size() + 1), title, found));
                }
                more = last && !found.isEmpty();
            }
        });
        return new FlowPicture(List.copyOf(parts));
    }
}
