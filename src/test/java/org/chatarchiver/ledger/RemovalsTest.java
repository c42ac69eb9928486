package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class RemovalsTest extends LedgerContract {
    RemovalsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aPageThatIsNeededIsNotMarked() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        ledger.failed(page, "m2", "bert@example.com", Reason.QUOTA_EXCEEDED);
        ledger.runs.landed(run.id(), 2L);
        ledger.reports.finish(run.id());
        Run ended = ledger.runs.find(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(Run.State.COMPLETE);
        assertThat(mark(ended, page)).contains("Entries of the page are open in their channels.");

        long entry = ledger.channels.list(Channel.UNDELIVERABLE, 10, 0).get(0).id();
        ledger.decisions.close(Channel.UNDELIVERABLE, List.of(entry), "ada", "x");
        assertThat(mark(ended, page)).contains("The page is still to be entered for the search.");
        enter();

        ledger.pageLeases.take(page);
        assertThat(mark(ended, page)).contains("The page is in work.");
        ledger.pageLeases.release(page);

        ledger.replays.start(run.id(), "ada", "");
        assertThat(mark(ended, page)).contains("The run is being replayed.");
    }

    @LedgerTest
    void aMarkedPageIsNeitherQueuedNorReplayedNorAreItsEntriesOpenedAgain() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        ledger.failed(page, "m2", "bert@example.com", Reason.QUOTA_EXCEEDED);
        long entry = ledger.channels.list(Channel.UNDELIVERABLE, 10, 0).get(0).id();
        ledger.decisions.close(Channel.UNDELIVERABLE, List.of(entry), "ada", "x");
        ledger.runs.landed(run.id(), 2L);
        ledger.reports.finish(run.id());
        enter();
        Run later = ledger.run(Run.Cause.MANUAL, TestLedger.DAY, TestLedger.DAY.plusSeconds(60));
        ledger.metAgain(later, List.of(ledger.recalled("m1", "anna@example.com")));

        assertThat(mark(ledger.runs.find(run.id()).orElseThrow(), page)).isEmpty();

        assertThat(ledger.pages.state(page)).isEmpty();
        assertThat(ledger.pages.due(10, List.of(TestLedger.CONNECTOR))).isEmpty();
        assertThat(ledger.replays.start(run.id(), "ada", "")).isFalse();
        assertThat(ledger.replays.start(later.id(), "ada", ""))
                .as("its items would be read from the page that is gone")
                .isFalse();
        assertThat(ledger.removals.gone(later.id()).orElseThrow()).contains(run.id());
        assertThat(ledger.decisions.removed(Channel.UNDELIVERABLE, List.of(entry)))
                .containsExactly(entry);
        assertThat(ledger.decisions.reopen(Channel.UNDELIVERABLE, List.of(entry), "ada", "x"))
                .isZero();
        assertThat(ledger.reports.of(run.id()).orElseThrow().unread()).isZero();
        ledger.assertTotals();
    }

    @LedgerTest
    void aHoldThatIsSetWhileAPageIsMarkedWaitsAndComesBehindIt() throws Exception {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        ledger.runs.landed(run.id(), 1L);
        ledger.reports.finish(run.id());
        enter();
        Run ended = ledger.runs.find(run.id()).orElseThrow();
        ExecutorService other = Executors.newSingleThreadExecutor();
        CountDownLatch asking = new CountDownLatch(1);
        try {
            ledger.retention.take();
            Future<Hold> held = other.submit(() -> {
                asking.await();
                return ledger.holds.set(Hold.Kind.RUN, run.id(), "ada", "x");
            });
            Optional<Kept> kept = ledger.removals.mark(ended, page, holds -> {
                asking.countDown();
                assertThat(holds).isEmpty();
                assertThat(held.isDone()).isFalse();
                return Optional.empty();
            });
            assertThat(kept).isEmpty();
            assertThat(held.get().subject()).isEqualTo(run.id());
        } finally {
            ledger.retention.release();
            other.shutdownNow();
        }
    }

    @LedgerTest
    void nothingIsMarkedWithoutTheLease() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        assertThat(ledger.removals.mark(run, page, holds -> Optional.empty()))
                .hasValueSatisfying(kept -> assertThat(kept.why()).isEqualTo("Another archiver is at it."));
        assertThat(ledger.removals.of(run.id())).isEmpty();
    }

    @LedgerTest
    void runsAreGivenByWhatIsKeptOfThemAndTheirAge() {
        Run first = ledger.run();
        ledger.runs.failed(first.id(), Reason.SOURCE_UNAUTHORIZED, "Wrong.");
        Instant between = ledger.clock.instant().plus(Duration.ofMillis(1));
        Run second = ledger.run();
        assertThat(runs(Removals.Keeping.ALL, between, "")).containsExactly(first.id());
        assertThat(runs(Removals.Keeping.ALL, between.plusSeconds(60), first.id()))
                .containsExactly(second.id());
        ledger.removals.removedRest(first, 0);
        assertThat(runs(Removals.Keeping.ALL, between.plusSeconds(60), "")).containsExactly(second.id());
        assertThat(runs(Removals.Keeping.LEDGER, between, "")).containsExactly(first.id());
    }

    @LedgerTest
    void whomAPageConcernsIsKnownWithoutIt() {
        Page page = ledger.page(ledger.run(), 1, 1);
        assertThat(ledger.removals.parties(page)).isEmpty();
        PageParties parties = PageParties.of(List.of("+4915112345678", "wxid_1"), false);
        ledger.removals.read(page, parties);
        assertThat(ledger.removals.parties(page)).contains(parties);
        assertThat(parties.mayConcern("wxid_1")).isTrue();
        assertThat(parties.mayConcern("wxid_2")).isFalse();
        assertThat(PageParties.of(List.of(), true).mayConcern("wxid_2")).isTrue();
    }

    private List<String> runs(Removals.Keeping kept, Instant before, String after) {
        return ledger.removals.runs(TestLedger.CONNECTOR, kept, before, 10, after).stream()
                .map(Run::id)
                .toList();
    }

    private Optional<String> mark(Run run, Page page) {
        ledger.retention.take();
        try {
            return ledger.removals.mark(run, page, holds -> Optional.empty()).map(Kept::why);
        } finally {
            ledger.retention.release();
        }
    }

    private void enter() {
        while (ledger.searchLists.enter()) {
            ledger.clock.pass(Duration.ofMillis(1));
        }
    }
}
