package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.junit.jupiter.api.Test;

/** What goes before what, and what is disturbed by it, in the shipped routes. */
class RunningRoutesTest {
    private final RouteUnits shipped =
            RouteUnits.of(RouteSet.read(Path.of("routes"), "file").files());

    @Test
    void aPollIsDisturbedByWhatItCallsAndNotByWhatIsBehindTheQueue() {
        assertThat(leads("collect-run", "fetch-page")).isTrue();
        assertThat(leads("collect-run", "collect-run")).isTrue();
        assertThat(leads("collect-run", "deliver-batch")).isFalse();
        assertThat(leads("archive-page", "deliver-batch")).isTrue();
        assertThat(leads("archive-page", "fetch-page")).isFalse();
    }

    @Test
    void whoCallsOthersOrFillsTheirQueueGoesFirst() {
        List<String> order =
                RunningRoutes.callersFirst(shipped.all()).stream().map(Unit::id).toList();
        assertThat(order)
                .containsSubsequence("collect-run", "try-page", "collect-page", "fetch-page", "land-object")
                .containsSubsequence(
                        "collect-page",
                        "queue-page",
                        "archive-pages",
                        "archive-page",
                        "archive-chunk",
                        "deliver-batch");
    }

    private boolean leads(String from, String to) {
        return RunningRoutes.leads("direct:" + from, shipped.all(), List.of(shipped.of("ROUTE " + to)));
    }
}
