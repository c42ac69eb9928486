package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class DecisionsTest extends LedgerContract {
    private static final String WHY = "A contractor without a mailbox; agreed with Legal.";

    DecisionsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whoClosedAnEntryWhenAndWhyStandsInItAndItIsOpenNoMore() {
        Page page = ledger.page(ledger.run(), 1, 2);
        refused(page, "m1");
        refused(page, "m2");
        long first = open().get(0).id();
        Instant now = ledger.clock.instant();

        assertThat(close(first)).isEqualTo(1);

        assertThat(open()).extracting(Channels.Entry::messageId).containsExactly("m2");
        assertThat(ledger.channels.counts()).containsEntry(Channel.UNDELIVERABLE, 1L);
        assertThat(ledger.conditions.open())
                .singleElement()
                .extracting(Conditions.Open::number)
                .isEqualTo(1L);
        assertThat(ledger.conditions.opened(Instant.EPOCH, now))
                .singleElement()
                .extracting(Conditions.Entries::number)
                .isEqualTo(1L);
        Channels.Entry entry = ledger.channels.find(first).orElseThrow();
        assertThat(entry.closed()).isEqualTo(now);
        assertThat(entry.closedBy()).isEqualTo("ada");
        assertThat(entry.decision()).isEqualTo(new Decisions.Decision(now, "ada", WHY));
        assertThat(ledger.decisions.list(Channel.UNDELIVERABLE, "", null, 10, 0))
                .containsExactly(entry);
        assertThat(ledger.decisions.list(Channel.UNDELIVERABLE, "", null, 10, first))
                .isEmpty();
        assertThat(ledger.decisions.list(Channel.UNMAPPED, "", null, 10, 0)).isEmpty();
    }

    @LedgerTest
    void aClosedFailureIsFailedStillAndTheReportTellsThatItIsClosed() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 3);
        refused(page, "m1");
        refused(page, "m2");
        ledger.failed(page, "m3", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        long first = open().get(0).id();
        RunReport before = ledger.reports.of(run.id()).orElseThrow();

        close(first);
        ledger.clock.pass(Duration.ofMinutes(1));
        ledger.decisions.close(Channel.UNMAPPED, unmapped(), "bob", "Left the firm.");

        RunReport after = ledger.reports.of(run.id()).orElseThrow();
        assertThat(after.failedByReason()).isEqualTo(before.failedByReason());
        assertThat(after.availableForImport()).isEqualTo(3);
        assertThat(ledger.decisions.number(run.id())).isEqualTo(2);
        assertThat(ledger.decisions.summed(run.id(), 10))
                .extracting(closed -> closed.decision().by(), Decisions.Closed::failures)
                .containsExactly(tuple("ada", 1L), tuple("bob", 1L));
        assertThat(ledger.decisions.ofRun(run.id(), 10, first))
                .extracting(Channels.Entry::messageId)
                .containsExactly("m3");
        assertThat(ledger.channels.ofRun(run.id(), 10, 0))
                .extracting(Channels.Entry::messageId)
                .containsExactly("m2");
    }

    @LedgerTest
    void aRunThatMetTheFailureAgainTellsItToo() {
        Run first = ledger.run();
        Item item = refused(ledger.page(first, 1, 1), "m1");
        ledger.runs.landed(first.id(), null);
        Run later = ledger.run(Run.Cause.MANUAL, TestLedger.DAY, TestLedger.DAY.plusSeconds(60));
        ledger.metAgain(later, List.of(item));
        close(open().get(0).id());
        assertThat(ledger.decisions.number(later.id())).isEqualTo(1);
        assertThat(ledger.decisions.ofRun(later.id(), 10, 0)).hasSize(1);
    }

    @LedgerTest
    void whatIsClosedIsRequeuedNeitherWithAllNorByItselfNorByTheArchiver() {
        Page page = ledger.page(ledger.run(), 1, 1);
        refused(page, "m1");
        long id = open().get(0).id();
        close(id);
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada"))
                .isZero();
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(id), "ada"))
                .isZero();
        ledger.clock.pass(Duration.ofHours(2));
        assertThat(ledger.requeues.passing(Duration.ofHours(1), Duration.ofDays(7)))
                .isZero();
        assertThat(ledger.channels.notOpen(Channel.UNDELIVERABLE, List.of(id))).containsExactly(id);
        assertThat(ledger.recalled("m1", "anna@example.com").state()).isEqualTo(ItemState.FAILED);
    }

    @LedgerTest
    void theSameFailureAgainLeavesItClosedAndOneOfAnotherKindOpensItAnew() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Item item = refused(page, "m1");
        long id = open().get(0).id();
        close(id);
        again(page, item, Reason.QUOTA_EXCEEDED);
        assertThat(open()).isEmpty();
        assertThat(ledger.channels.find(id).orElseThrow().decision()).isNotNull();

        again(page, item, Reason.DESTINATION_REFUSED);
        assertThat(open()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(id);
            assertThat(entry.decision()).isNull();
        });
        assertThat(ledger.jdbc.queryForObject("select count(*) from decision", Long.class))
                .as("what was decided stays in the ledger")
                .isEqualTo(1);
        assertThat(close(id)).as("and it is closed again").isEqualTo(1);
    }

    @LedgerTest
    void whatWasOnItsWayIsDeliveredAndThatClosesTheEntryOnceMore() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        refused(page, "m1");
        long id = open().get(0).id();
        ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada");
        close(id);
        ledger.items.settle(List.of(imported(ledger.recalled("m1", "anna@example.com"))));
        Channels.Entry entry = ledger.channels.find(id).orElseThrow();
        assertThat(entry.closedBy()).isEqualTo("delivery");
        assertThat(entry.decision().why()).isEqualTo(WHY);
        assertThat(ledger.reports.of(run.id()).orElseThrow().imported()).isEqualTo(1);
        assertThat(ledger.decisions.number(run.id()))
                .as("of what is failed still")
                .isZero();

        ledger.pages.done(page);
        ledger.runs.landed(run.id(), 1L);
        ledger.reports.finish(run.id());
        assertThat(ledger.replays.start(run.id(), "ada", "")).isTrue();
        again(page, ledger.recalled("m1", "anna@example.com"), Reason.QUOTA_EXCEEDED);
        assertThat(open())
                .as("what a replay has put in doubt and is refused now")
                .singleElement()
                .extracting(Channels.Entry::id, Channels.Entry::decision)
                .containsExactly(id, null);
    }

    @LedgerTest
    void aPollThatFailedIsClosedAndItsWindowIsNotAskedForByARequeue() {
        Run run = ledger.run();
        ledger.runs.failed(run.id(), Reason.SOURCE_UNAUTHORIZED, "Wrong.");
        ledger.channels.record(List.of(Failure.ofPoll(CONNECTOR, run.id(), Reason.SOURCE_UNAUTHORIZED, "Wrong.")));
        List<Long> ids = ledger.channels.list(Channel.SOURCE, 10, 0).stream()
                .map(Channels.Entry::id)
                .toList();
        ledger.channels.requeue(Channel.SOURCE, ids, "ada");
        assertThat(ledger.decisions.close(Channel.SOURCE, ids, "ada", WHY)).isEqualTo(1);
        assertThat(ledger.failedWindows.requeued(CONNECTOR, TestLedger.DAY)).isEmpty();
        assertThat(ledger.decisions.number(run.id())).as("of items").isZero();
        assertThat(ledger.decisions.ofRun(run.id(), 10, 0))
                .as("but told")
                .extracting(Channels.Entry::id)
                .isEqualTo(ids);
    }

    @LedgerTest
    void onlyOpenEntriesOfTheChannelAreClosedAndEachOnce() {
        Page page = ledger.page(ledger.run(), 1, 1);
        refused(page, "m1");
        long id = open().get(0).id();
        assertThat(ledger.decisions.close(Channel.UNMAPPED, List.of(id), "ada", WHY))
                .isZero();
        assertThat(close(id)).isEqualTo(1);
        assertThat(close(id)).isZero();
        assertThat(ledger.jdbc.queryForObject("select count(*) from decision", Long.class))
                .isEqualTo(1);
    }

    private int close(long entry) {
        return ledger.decisions.close(Channel.UNDELIVERABLE, List.of(entry), "ada", WHY);
    }

    private Item refused(Page page, String id) {
        return ledger.failed(page, id, "anna@example.com", Reason.QUOTA_EXCEEDED);
    }

    private void again(Page page, Item item, Reason reason) {
        ledger.channels.record(List.of(TestLedger.failure(page, revision(page, "m1", 0), item, reason)));
    }

    private List<Channels.Entry> open() {
        return ledger.channels.list(Channel.UNDELIVERABLE, 10, 0);
    }

    private List<Long> unmapped() {
        return ledger.channels.list(Channel.UNMAPPED, 10, 0).stream()
                .map(Channels.Entry::id)
                .toList();
    }
}
