package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.chatarchiver.console.FlowPicture.Box;
import org.chatarchiver.console.FlowPicture.Part;
import org.chatarchiver.routing.RouteFlow.Begin;
import org.chatarchiver.routing.RouteFlow.Call;
import org.chatarchiver.routing.RouteFlow.Step;
import org.junit.jupiter.api.Test;

class FlowPictureTest {
    private static final Step WECHAT = connector("wechat", "collect-run");
    private static final Step COLLECT = step("collect-run", "land", "queue-page", "land");
    private static final Step QUEUE_PAGE =
            new Step("queue-page", "", Begin.CALL, "", false, List.of(new Call("to", "", FlowPicture.PAGE_QUEUE)));
    private static final Step LAND = step("land");
    private static final Step PAGES = new Step(
            "archive-pages", "Takes pages.", Begin.QUEUE, FlowPicture.PAGE_QUEUE, false, calls("archive", "land"));
    private static final Step ARCHIVE =
            new Step("archive", "", Begin.CALL, "", false, List.of(new Call("to", "", "Exchange: append")));
    private static final List<Step> ALL = List.of(WECHAT, COLLECT, QUEUE_PAGE, LAND, PAGES, ARCHIVE);

    private static Step connector(String id, String... called) {
        return new Step(id, "", Begin.SCHEDULE, "", true, calls(called));
    }

    private static Step step(String id, String... called) {
        return new Step(id, "Does " + id, Begin.CALL, "", false, calls(called));
    }

    private static List<Call> calls(String... called) {
        return Arrays.stream(called).map(route -> new Call("to", route, "")).toList();
    }

    private static List<Part> parts(List<Step> steps) {
        List<Part> parts = FlowPicture.of(steps, Set.of()).parts();
        parts.forEach(FlowPictureTest::isTidy);
        return parts;
    }

    /** No two boxes touch, and each is inside. */
    private static void isTidy(Part part) {
        List<Box> boxes = part.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            Box one = boxes.get(i);
            assertThat(one.x()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(part.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(part.height());
            for (Box other : boxes.subList(i + 1, boxes.size())) {
                assertThat(one.x() + one.width() < other.x()
                                || other.x() + other.width() < one.x()
                                || one.y() + one.height() < other.y()
                                || other.y() + other.height() < one.y())
                        .as(one + " beside " + other)
                        .isTrue();
            }
        }
    }

    private static List<String> labels(Part part, String kind) {
        return part.boxes().stream()
                .filter(box -> box.kind().equals(kind))
                .map(Box::label)
                .toList();
    }

    private static Box box(Part part, String label) {
        return part.boxes().stream()
                .filter(box -> box.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theConnectorsAreAtTheLeftAndTheDestinationIsAtTheRight() {
        List<Part> parts = parts(ALL);

        assertThat(parts).extracting(Part::title).hasSize(2).first().asString().startsWith("Collecting");
        Part collecting = parts.get(0);
        assertThat(box(collecting, "wechat").x())
                .isLessThan(box(collecting, "collect-run").x());
        assertThat(box(collecting, "collect-run").x())
                .isLessThan(box(collecting, "land").x());
        Part archiving = parts.get(1);
        assertThat(box(archiving, FlowPicture.PAGE_QUEUE).x())
                .isLessThan(box(archiving, "archive-pages").x());
        assertThat(archiving.boxes())
                .allMatch(box -> box.x() <= box(archiving, "Exchange: append").x());
    }

    @Test
    void eachRouteHasOneBoxAndACallOfOneThatStandsElsewhereNamesIt() {
        List<Part> parts = parts(ALL);

        List<String> routes = new ArrayList<>();
        parts.forEach(part -> routes.addAll(labels(part, "route")));
        assertThat(routes).containsExactlyInAnyOrder("collect-run", "queue-page", "land", "archive-pages", "archive");
        assertThat(labels(parts.get(0), "elsewhere"))
                .as("a second call by the same route")
                .isEmpty();
        assertThat(labels(parts.get(1), "elsewhere")).containsExactly("land");
        assertThat(parts.get(0).lines())
                .extracting(FlowPicture.Line::title)
                .containsExactlyInAnyOrder(
                        "wechat to collect-run, by to",
                        "collect-run to land, by to",
                        "collect-run to queue-page, by to",
                        "queue-page to page queue, by to");
    }

    @Test
    void connectorsShareABoxThatNamesADozenOfThem() {
        List<Step> many = new ArrayList<>(ALL);
        IntStream.range(0, 20).forEach(n -> many.add(connector("more-" + n, "collect-run")));

        Box box = parts(many).get(0).boxes().get(0);

        assertThat(box.label()).isEqualTo("21 connectors");
        assertThat(box.more()).hasSize(13).last().isEqualTo("and 9 more");
        assertThat(box.title()).contains("more-19");
    }

    @Test
    void routesThatOnlyCallEachOtherAreDrawnAndEndTheDrawing() {
        List<Part> parts = parts(List.of(step("a", "b"), step("b", "c", "b"), step("c", "a")));

        assertThat(parts).hasSize(1);
        assertThat(labels(parts.get(0), "route")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(labels(parts.get(0), "elsewhere")).containsExactlyInAnyOrder("b", "a");
    }

    @Test
    void aLongNameIsCutInItsBoxAndWholeInItsTitleAndAStoppedRouteIsMarked() {
        String id = "a-route-of-a-very-long-name-\uD83D\uDC26";
        Box box = FlowPicture.of(List.of(step(id)), Set.of(id))
                .parts()
                .get(0)
                .boxes()
                .get(0);

        assertThat(box.label()).hasSizeLessThanOrEqualTo(FlowPart.LONGEST).endsWith("\u2026");
        assertThat(box.title()).isEqualTo(id + " (does not run): Does " + id);
        assertThat(box.stopped()).isTrue();
    }

    @Test
    void aThousandRoutesAreDrawnAtOnce() {
        List<Step> many = IntStream.range(0, 1_000)
                .mapToObj(n -> step("r" + n, "r" + (2 * n + 1) % 1_000, "r" + (2 * n + 2) % 1_000, "r" + (n / 7)))
                .toList();

        assertTimeout(Duration.ofSeconds(1), () -> FlowPicture.of(many, Set.of()));
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(FlowPicture.of(List.of(), Set.of()).parts()).isEmpty();
    }
}
