package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The chain of windows: what moves the watermark, what is asked for again, and what may be accepted. */
class AskedWindowsTest extends LedgerContract {
    private static final Instant DAY2 = DAY.plus(Duration.ofDays(1));
    private static final Instant DAY3 = DAY.plus(Duration.ofDays(2));
    private static final Instant DAY4 = DAY.plus(Duration.ofDays(3));

    AskedWindowsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void mendingAGapMovesTheWatermarkOverAllThatHadLandedBehindIt() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        complete(Run.Cause.SCHEDULE, DAY2, DAY3);
        complete(Run.Cause.SCHEDULE, DAY3.minusSeconds(3600), DAY4);
        assertThat(mark()).isEqualTo(DAY);
        complete(Run.Cause.SCHEDULE, DAY, DAY2);
        assertThat(mark()).isEqualTo(DAY4);
    }

    @LedgerTest
    void backfillsAndDryRunsAreNoPartOfTheChainEvenBehindAMendedGap() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        complete(Run.Cause.BACKFILL, DAY2, DAY3);
        Run dry =
                ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY2, DAY3).orElseThrow();
        ledger.runs.landed(dry.id(), null);
        ledger.reports.finish(dry.id());
        complete(Run.Cause.MANUAL, DAY, DAY2);
        assertThat(mark()).isEqualTo(DAY2);
        assertThat(ledger.asked.landed(CONNECTOR, DAY)).containsExactly(new AskedWindows.Asked(DAY, DAY2));
    }

    @LedgerTest
    void aWindowThatLandedShortIsLackingUntilItIsMended() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        complete(Run.Cause.SCHEDULE, DAY2, DAY3);
        assertThat(ledger.asked.landed(CONNECTOR, DAY))
                .containsExactly(new AskedWindows.Asked(DAY, DAY2), new AskedWindows.Asked(DAY2, DAY3));
        assertThat(lacking()).containsExactly(new AskedWindows.Lacking(DAY, DAY2, false, 1));
        Run second = lands(Run.Cause.MANUAL, DAY, DAY2);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(lacking()).containsExactly(new AskedWindows.Lacking(DAY, DAY2, false, 2));
        complete(Run.Cause.SCHEDULE, DAY, DAY2);
        assertThat(lacking()).isEmpty();
    }

    @LedgerTest
    void aBackfillsWindowIsMendedByABackfill() {
        lands(Run.Cause.BACKFILL, DAY, DAY2);
        complete(Run.Cause.SCHEDULE, DAY, DAY2);
        assertThat(lacking()).containsExactly(new AskedWindows.Lacking(DAY, DAY2, true, 1));
        complete(Run.Cause.BACKFILL, DAY, DAY2);
        assertThat(lacking()).isEmpty();
    }

    @LedgerTest
    void aWindowThatTheSourceHasDroppedIsNotAskedForAgain() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        assertThat(ledger.asked.lacking(CONNECTOR, DAY.plusSeconds(1))).isEmpty();
    }

    @LedgerTest
    void aPollThatFailedIsNoAttempt() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        Run failed = ledger.run(Run.Cause.SCHEDULE, DAY, DAY2);
        ledger.runs.failed(failed.id(), Reason.SOURCE_UNAVAILABLE, "500.");
        assertThat(lacking()).containsExactly(new AskedWindows.Lacking(DAY, DAY2, false, 1));
        assertThat(ledger.run(Run.Cause.SCHEDULE, DAY, DAY2).attempt()).isEqualTo(2);
    }

    @LedgerTest
    void afterThreeTimesTheDifferenceMayBeAcceptedAndTheWatermarkMovesOn() {
        Run first = lands(Run.Cause.SCHEDULE, DAY, DAY2);
        complete(Run.Cause.SCHEDULE, DAY2, DAY3);
        Run second = lands(Run.Cause.SCHEDULE, DAY, DAY2);
        assertRefused(second, "2 of 3 times");
        Run third = lands(Run.Cause.SCHEDULE, DAY, DAY2);
        assertRefused(first, "1 of 3 times");
        assertThat(mark()).isEqualTo(DAY);

        Acceptance accepted = ledger.reports.accept(third.id(), "ada", "", DAY);

        Instant when = ledger.clock.instant();
        assertThat(accepted).isInstanceOf(Acceptance.Accepted.class);
        assertThat(ledger.runs.find(third.id())).get().satisfies(run -> {
            assertThat(run.state()).isEqualTo(Run.State.INCOMPLETE);
            assertThat(run.acceptedBy()).isEqualTo("ada");
            assertThat(run.accepted()).isEqualTo(when);
        });
        assertThat(mark()).isEqualTo(DAY3);
        assertThat(lacking()).isEmpty();
        ledger.clock.pass(Duration.ofSeconds(1));
        ledger.reports.accept(third.id(), "bert", "", DAY);
        assertThat(ledger.runs.find(third.id()).orElseThrow().acceptedBy()).isEqualTo("ada");
    }

    @LedgerTest
    void aWindowThatTheSourceHasDroppedMayBeAcceptedAtOnce() {
        Run run = lands(Run.Cause.SCHEDULE, DAY, DAY2);
        assertThat(ledger.reports.accept(run.id(), "ada", "", DAY.plusSeconds(1)))
                .isInstanceOf(Acceptance.Accepted.class);
        assertThat(mark()).isEqualTo(DAY2);
    }

    @LedgerTest
    void onlyAnIncompleteRunThatIsNotDryCanBeAccepted() {
        Run complete = complete(Run.Cause.SCHEDULE, DAY, DAY2);
        assertRefused(complete, "COMPLETE");
        Run dry = ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY2).orElseThrow();
        ledger.runs.landed(dry.id(), 1L);
        ledger.reports.finish(dry.id());
        assertRefused(dry, "dry");
        assertThat(ledger.reports.accept("none", "ada", "", DAY)).isInstanceOf(Acceptance.UnknownRun.class);
    }

    @LedgerTest
    void aRunFoundShortInTheEndIsAskedForAgainAlthoughItLookedWhole() {
        Run run = ledger.run();
        ledger.runs.landed(run.id(), 1L);
        ledger.reports.reach(run);
        ledger.reports.finish(run.id());
        assertThat(lacking()).hasSize(1);
    }

    @LedgerTest
    void aRunThatHasNotLandedReachesNothing() {
        Run run = ledger.run();
        ledger.reports.reach(run);
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void aBeginningSetByAWrongClockIsTakenBackUntilAWindowHasLanded() {
        ledger.watermarks.begin(CONNECTOR, DAY);
        assertThat(ledger.watermarks.of(CONNECTOR)).as("no connector yet").isEmpty();
        Run run = ledger.run();
        ledger.watermarks.begin(CONNECTOR, DAY);
        ledger.watermarks.forget(CONNECTOR, DAY2);
        assertThat(mark()).isEqualTo(DAY);
        ledger.watermarks.forget(CONNECTOR, DAY);
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
        ledger.watermarks.begin(CONNECTOR, DAY);
        ledger.runs.landed(run.id(), null);
        ledger.watermarks.forget(CONNECTOR, DAY);
        assertThat(mark()).isEqualTo(DAY);
    }

    @LedgerTest
    void aRunWithoutPagesMayBeGivenAnotherWindow() {
        lands(Run.Cause.SCHEDULE, DAY, DAY2);
        Run run = ledger.run(Run.Cause.SCHEDULE, DAY2, DAY3);
        Run moved = ledger.runs.move(run, DAY, DAY2);
        assertThat(moved.from()).isEqualTo(DAY);
        assertThat(moved.to()).isEqualTo(DAY2);
        assertThat(moved.attempt()).isEqualTo(2);
    }

    @LedgerTest
    void aMessageInSeveralPagesOfADryRunBelongsToOneOfThem() {
        Run dry = ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY2).orElseThrow();
        Page first = ledger.page(dry, 1, 2);
        Page second = ledger.page(dry, 2, 2);
        UUID a = new UUID(1, 1);
        UUID b = new UUID(2, 2);
        assertThat(ledger.dryCounts.claim(first, List.of(a, a))).containsExactly(a);
        assertThat(ledger.dryCounts.claim(second, List.of(a, b))).containsExactly(b);
        assertThat(ledger.dryCounts.claim(first, List.of(a, b)))
                .as("read again")
                .isEqualTo(Set.of(a));
        ledger.pages.done(first);
        ledger.pages.done(second);
        ledger.runs.landed(dry.id(), null);
        ledger.reports.finish(dry.id());
        assertThat(ledger.jdbc.queryForObject("select count(*) from dry_met", Long.class))
                .isZero();
    }

    private Run complete(Run.Cause cause, Instant from, Instant to) {
        return end(ledger.run(cause, from, to), null, Run.State.COMPLETE);
    }

    /** A window of which the source says that it has one message more than arrived. */
    private Run lands(Run.Cause cause, Instant from, Instant to) {
        Run run = ledger.run(cause, from, to);
        if (run.movesWatermark()) {
            ledger.watermarks.begin(CONNECTOR, from);
        }
        return end(run, 1L, Run.State.INCOMPLETE);
    }

    private Run end(Run run, Long totalCount, Run.State state) {
        ledger.runs.landed(run.id(), totalCount);
        assertThat(ledger.reports.finish(run.id()))
                .get()
                .extracting(report -> report.run().state())
                .isEqualTo(state);
        return run;
    }

    private void assertRefused(Run run, String why) {
        assertThat(ledger.reports.accept(run.id(), "ada", "", DAY))
                .isInstanceOfSatisfying(Acceptance.Refused.class, refused -> assertThat(refused.sentence())
                        .contains(why));
    }

    private List<AskedWindows.Lacking> lacking() {
        return ledger.asked.lacking(CONNECTOR, DAY);
    }

    private Instant mark() {
        return ledger.watermarks.of(CONNECTOR).orElseThrow();
    }
}
