package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class RunsTest extends LedgerContract {
    RunsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aRunIsFoundAsItWasOpened() {
        Run run = ledger.run();
        assertThat(ledger.runs.find(run.id())).contains(run);
        assertThat(ledger.runs.find("none")).isEmpty();
    }

    @LedgerTest
    void aLeaseRefusesASecondRunOfTheConnectorButNotOfAnother() {
        ledger.run();
        Instant end = DAY.plusSeconds(1);
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, end))
                .isEmpty();
        assertThat(ledger.runs.open("whatsapp", Run.Cause.MANUAL, false, DAY, end))
                .isPresent();
    }

    @LedgerTest
    void theLeaseEndsWithThePollWhetherItLandedOrFailed() {
        Run landed = ledger.run();
        ledger.runs.landed(landed.id(), null);
        Run failed = ledger.run();
        ledger.runs.failed(failed.id(), Reason.SOURCE_FORBIDDEN, "The feed said 403.");
        assertThat(ledger.run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(ledger.runs.find(failed.id())).get().satisfies(run -> {
            assertThat(run.state()).isEqualTo(Run.State.FAILED);
            assertThat(run.reason()).isEqualTo(Reason.SOURCE_FORBIDDEN);
            assertThat(run.finished()).isEqualTo(ledger.clock.instant().minusSeconds(1));
        });
    }

    @LedgerTest
    void aRunThatHasLandedIsNotInterruptedByTheNext() {
        Run landed = ledger.run();
        ledger.runs.landed(landed.id(), 3L);
        ledger.run();
        assertThat(ledger.runs.find(landed.id())).get().extracting(Run::state).isEqualTo(Run.State.RUNNING);
        assertThat(ledger.runs.unfinished()).containsExactly(landed.id());
    }

    @LedgerTest
    void runsAreListedNewestFirstInPages() {
        List<String> ids = List.of(landedRun(), landedRun(), landedRun());
        List<Run> newest = ledger.runs.list(CONNECTOR, 2, "");
        assertThat(newest).extracting(Run::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(ledger.runs.list(CONNECTOR, 2, ids.get(1)))
                .extracting(Run::id)
                .containsExactly(ids.get(0));
    }

    @LedgerTest
    void aListWithoutAPlaceToStartIsRefusedRatherThanEmpty() {
        landedRun();
        assertThatThrownBy(() -> ledger.runs.list(CONNECTOR, 2, null)).hasMessageContaining("after");
    }

    private String landedRun() {
        Run run = ledger.run();
        ledger.runs.landed(run.id(), null);
        return run.id();
    }

    @LedgerTest
    void pagesAreDueUntilTheyAreDoneAndAgainWhenARetryIsDue() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        Page done = ledger.delivered(run, 2, "m2");
        ledger.pages.landed(page);
        assertThat(ledger.pages.of(run.id())).containsExactly(page, done);
        assertThat(ledger.pages.due(10, List.of("wechat", "whatsapp"))).containsExactly(page);
        assertThat(ledger.pages.find(page.reference())).contains(page);

        ledger.items.register(List.of(fresh(revision(page, "m1", 0), "anna@example.com")));
        Item waiting = ledger.recalled("m1", "anna@example.com");
        Instant later = ledger.clock.instant().plusSeconds(60);
        ledger.items.settle(List.of(new Items.Settled(waiting, ItemState.RETRY, Reason.THROTTLED, "Busy.", 0, later)));
        ledger.pages.done(page);
        assertThat(ledger.pages.due(10, List.of("wechat", "whatsapp"))).isEmpty();
        ledger.clock.pass(Duration.ofSeconds(60));
        assertThat(ledger.pages.due(10, List.of("wechat", "whatsapp"))).containsExactly(page);
    }

    @LedgerTest
    void aPageWhoseItemIsBeingTriedAgainIsDueShouldItsWorkerDie() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        ledger.failed(page, "m1", "anna@example.com", Reason.QUOTA_EXCEEDED);
        ledger.pages.done(page);
        ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada");
        Item again = ledger.recalled("m1", "anna@example.com");
        ledger.items.restate(List.of(item(revision(page, "m1", 0), again.target(), ItemState.SENDING, null)));
        assertThat(ledger.pages.due(10, List.of("wechat", "whatsapp"))).containsExactly(page);
    }

    @LedgerTest
    void theWatermarkMovesOverWindowsThatJoinAndNeverBack() {
        Instant day2 = DAY.plus(Duration.ofDays(1));
        Instant day3 = DAY.plus(Duration.ofDays(2));
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
        complete(Run.Cause.SCHEDULE, DAY, day2);
        assertThat(ledger.watermarks.of(CONNECTOR)).contains(day2);
        complete(Run.Cause.MANUAL, day2.plusSeconds(1), day3);
        assertThat(ledger.watermarks.of(CONNECTOR)).as("a gap").contains(day2);
        complete(Run.Cause.BACKFILL, day2, day3);
        assertThat(ledger.watermarks.of(CONNECTOR)).as("a back-fill").contains(day2);
        complete(Run.Cause.MANUAL, day2.minusSeconds(3600), day3);
        assertThat(ledger.watermarks.of(CONNECTOR)).as("an overlap").contains(day3);
        complete(Run.Cause.SCHEDULE, DAY, day2);
        assertThat(ledger.watermarks.of(CONNECTOR)).as("an old window").contains(day3);
    }

    @LedgerTest
    void aDryRunNeverMovesTheWatermark() {
        Run dry = ledger.runs
                .open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY.plusSeconds(60))
                .orElseThrow();
        ledger.runs.landed(dry.id(), null);
        assertThat(ledger.reports.finish(dry.id())).isPresent();
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void theLastScheduledTimeIsKept() {
        assertThat(ledger.watermarks.lastScheduled(CONNECTOR)).isEmpty();
        ledger.watermarks.scheduled(CONNECTOR, DAY);
        assertThat(ledger.watermarks.lastScheduled(CONNECTOR)).contains(DAY);
    }

    private void complete(Run.Cause cause, Instant from, Instant to) {
        Run run = ledger.run(cause, from, to);
        ledger.runs.landed(run.id(), null);
        Optional<RunReport> ended = ledger.reports.finish(run.id());
        assertThat(ended).get().extracting(report -> report.run().state()).isEqualTo(Run.State.COMPLETE);
    }
}
