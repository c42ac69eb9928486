package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often a run is counted for those who look on. */
class RecentReportsTest {
    private long now;
    private int counts;
    private Duration takes = Duration.ofMillis(200);
    private final RecentReports reports = new RecentReports(() -> now);

    @Test
    void aRunThatTakesLongToCountIsNotCountedAgainForTwentyTimesAsLong() {
        RunReport first = look(Run.State.RUNNING);
        pass(Duration.ofMillis(3_900));
        assertThat(look(Run.State.RUNNING)).isSameAs(first);
        assertThat(counts).isEqualTo(1);
        pass(Duration.ofMillis(200));
        assertThat(look(Run.State.RUNNING)).isNotSameAs(first);
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void itsEndIsSeenAtOnce() {
        look(Run.State.RUNNING);
        assertThat(look(Run.State.COMPLETE).run().state()).isEqualTo(Run.State.COMPLETE);
        look(Run.State.COMPLETE);
        assertThat(counts).isEqualTo(3);
    }

    @Test
    void aRunThatIsCountedQuicklyIsCountedEachTime() {
        takes = Duration.ofMillis(5);
        look(Run.State.RUNNING);
        look(Run.State.RUNNING);
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void inAListOnlyThoseAreCountedThatMustBe() {
        look(Run.State.RUNNING);
        List<RunReport> list =
                reports.of(List.of(run("r2", Run.State.COMPLETE), run("r1", Run.State.RUNNING)), runs -> {
                    assertThat(runs).extracting(Run::id).containsExactly("r2");
                    return runs.stream().map(this::count).toList();
                });
        assertThat(list).extracting(report -> report.run().id()).containsExactly("r2", "r1");
    }

    private RunReport look(Run.State state) {
        return reports.of(
                        List.of(run("r1", state)),
                        runs -> runs.stream().map(this::count).toList())
                .get(0);
    }

    private RunReport count(Run run) {
        counts++;
        pass(takes);
        return new RunReport(run, 1, 1, 0, 0, Map.of(), 0, Map.of(), 1, 0, Map.of(), List.of());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Run run(String id, Run.State state) {
        Instant day = Instant.EPOCH;
        return new Run(
                id,
                "wechat",
                Run.Cause.BACKFILL,
                false,
                day,
                day,
                state,
                day,
                day,
                null,
                1L,
                null,
                null,
                1,
                null,
                null,
                null);
    }
}
