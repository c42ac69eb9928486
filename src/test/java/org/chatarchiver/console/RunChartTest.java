package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.chatarchiver.api.RunView;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

class RunChartTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-29");

    @Test
    void everyOfThirtyDaysIsThereAlsoWithoutARun() {
        RunChart chart = RunChart.of(List.of(), TODAY);
        assertThat(chart.days()).hasSize(30);
        assertThat(chart.days().get(0).date()).isEqualTo(LocalDate.parse("2026-10-31"));
        assertThat(chart.days().get(29).date()).isEqualTo(TODAY);
        assertThat(chart.bars()).isEmpty();
        assertThat(chart.most()).isZero();
    }

    @Test
    void theRunsOfADayAreAddedUpAndDryOnesAreNot() {
        RunChart chart = RunChart.of(
                List.of(
                        run("2026-11-29T00:00:00Z", Run.State.COMPLETE, false, 100, 1),
                        run("2026-11-29T23:59:59Z", Run.State.COMPLETE, false, 50, 0),
                        run("2026-11-29T12:00:00Z", Run.State.COMPLETE, true, 999, 9),
                        run("2026-09-01T12:00:00Z", Run.State.COMPLETE, false, 999, 9)),
                TODAY);
        RunChart.Day today = chart.days().get(29);
        assertThat(today.runs()).isEqualTo(2);
        assertThat(today.imported()).isEqualTo(150);
        assertThat(today.failed()).isEqualTo(1);
        assertThat(today.bad()).isFalse();
        assertThat(chart.most()).isEqualTo(151);
    }

    @Test
    void aSingleFailureAmongThousandsIsSeenAndNoBarLeavesThePicture() {
        RunChart chart =
                RunChart.of(List.of(run("2026-11-28T02:15:00Z", Run.State.INCOMPLETE, false, 1_000_000, 1)), TODAY);
        assertThat(chart.bars())
                .filteredOn(bar -> bar.kind().equals("failed"))
                .singleElement()
                .satisfies(bar -> assertThat(bar.height()).isGreaterThanOrEqualTo(2));
        assertThat(chart.bars()).anyMatch(bar -> bar.kind().equals("bad"));
        assertThat(chart.bars()).allSatisfy(bar -> {
            assertThat(bar.y()).isBetween(0, 178);
            assertThat(bar.y() + bar.height()).isLessThanOrEqualTo(178);
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(600);
        });
    }

    private static RunView run(String started, Run.State state, boolean dry, long imported, long failed) {
        Instant at = Instant.parse(started);
        return new RunView(
                "r",
                "wechat",
                Run.Cause.SCHEDULE,
                dry,
                at,
                at,
                state,
                "",
                at,
                at,
                at,
                0,
                imported + failed,
                imported,
                0,
                Map.of(),
                0,
                failed,
                Map.of(),
                null,
                null,
                0,
                0,
                0,
                Map.of(),
                null,
                null,
                1,
                null,
                null,
                0,
                Map.of(),
                null,
                null,
                null,
                List.of());
    }
}
