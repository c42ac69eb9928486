package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ChannelsTest extends LedgerContract {
    ChannelsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void anEntryTellsWhereItsBytesAre() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.failed(page, "m1", "anna@example.com", Reason.QUOTA_EXCEEDED);
        assertThat(open(Channel.UNDELIVERABLE)).singleElement().satisfies(entry -> {
            assertThat(entry.run()).isEqualTo(page.run());
            assertThat(entry.page()).isEqualTo(1);
            assertThat(entry.position()).isZero();
            assertThat(entry.messageId()).isEqualTo("m1");
            assertThat(entry.owner()).isEqualTo("+4915112345678");
            assertThat(entry.mailbox()).isEqualTo("anna@example.com");
            assertThat(entry.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            assertThat(entry.path()).isEqualTo(page.path());
            assertThat(ledger.channels.find(entry.id())).contains(entry);
        });
        assertThat(ledger.channels.counts())
                .hasSize(Channel.values().length)
                .containsEntry(Channel.UNDELIVERABLE, 1L)
                .containsEntry(Channel.SOURCE, 0L);
    }

    @LedgerTest
    void theSameFailureAgainRenewsItsEntry() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Item item = ledger.failed(page, "m1", "anna@example.com", Reason.QUOTA_EXCEEDED);
        ledger.channels.record(
                List.of(TestLedger.failure(page, revision(page, "m1", 0), item, Reason.DESTINATION_REFUSED)));
        assertThat(open(Channel.UNDELIVERABLE))
                .singleElement()
                .extracting(Channels.Entry::reason)
                .isEqualTo(Reason.DESTINATION_REFUSED);
    }

    @LedgerTest
    void entriesAreListedInPagesByChannelAndByRun() {
        Page page = ledger.page(ledger.run(), 1, 3);
        for (String id : List.of("m1", "m2", "m3")) {
            ledger.failed(page, id, "anna@example.com", Reason.QUOTA_EXCEEDED);
        }
        List<Channels.Entry> two = ledger.channels.list(Channel.UNDELIVERABLE, 2, 0);
        assertThat(two).extracting(Channels.Entry::messageId).containsExactly("m1", "m2");
        long last = two.get(1).id();
        assertThat(ledger.channels.list(Channel.UNDELIVERABLE, 2, last)).hasSize(1);
        assertThat(ledger.channels.ofRun(page.run(), 2, last))
                .extracting(Channels.Entry::messageId)
                .containsExactly("m3");
    }

    @LedgerTest
    void oneIsRequeuedAndItsDeliveryClosesTheEntryAndMovesTheCountInItsRun() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 2);
        ledger.failed(page, "m1", "anna@example.com", Reason.QUOTA_EXCEEDED);
        ledger.failed(page, "m2", "anna@example.com", Reason.QUOTA_EXCEEDED);
        ledger.pages.done(page);
        long first = open(Channel.UNDELIVERABLE).get(0).id();
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(first), "ada"))
                .isEqualTo(1);
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(first), "bob"))
                .as("it is on its way")
                .isZero();
        assertThat(ledger.channels.find(first).orElseThrow().requeuedBy()).isEqualTo("ada");
        assertThat(ledger.pages.due(10, List.of("wechat", "whatsapp"))).containsExactly(page);
        assertThat(ledger.recalled("m2", "anna@example.com").state()).isEqualTo(ItemState.FAILED);
        RunReport waiting = ledger.reports.of(run.id()).orElseThrow();
        assertThat(waiting.pending()).isEqualTo(1);

        ledger.items.settle(List.of(imported(ledger.recalled("m1", "anna@example.com"))));
        assertThat(ledger.channels.find(first).orElseThrow().closedBy()).isEqualTo("delivery");
        RunReport moved = ledger.reports.of(run.id()).orElseThrow();
        assertThat(moved.imported()).isEqualTo(1);
        assertThat(moved.failed()).isEqualTo(1);
        assertThat(moved.pending()).isZero();
    }

    @LedgerTest
    void someAndThenAllAreRequeuedAndOtherChannelsAreLeftAlone() {
        Page page = ledger.page(ledger.run(), 1, 5);
        for (String id : List.of("m1", "m2", "m3", "m4")) {
            ledger.failed(page, id, "anna@example.com", Reason.QUOTA_EXCEEDED);
        }
        ledger.failed(page, "m5", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        List<Long> two = open(Channel.UNDELIVERABLE).stream()
                .map(Channels.Entry::id)
                .limit(2)
                .toList();
        assertThat(ledger.channels.requeue(Channel.UNMAPPED, two, "ada"))
                .as("ids of another channel")
                .isZero();
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, two, "ada")).isEqualTo(2);
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada"))
                .isEqualTo(2);
        assertThat(ledger.recalled("m5", ItemTarget.participant("+49")).state()).isEqualTo(ItemState.FAILED);
    }

    @LedgerTest
    void aFailureThatARequeueMapsLeavesInTheNameOfWhoRequeued() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        Item failure = ledger.failed(page, "m1", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        long entry = open(Channel.UNMAPPED).get(0).id();
        ledger.channels.requeue(Channel.UNMAPPED, List.of(), "ada");
        Item mapped = item(revision(page, "m1", 0), "anna@example.com", ItemState.SENDING, null);
        ledger.items.restate(List.of(mapped));
        ledger.replacements.replaced(List.of(failure), List.of(mapped), List.of());
        ledger.items.settle(List.of(imported(mapped)));
        assertThat(ledger.channels.find(entry).orElseThrow().closedBy()).isEqualTo("ada");
        RunReport report = ledger.reports.of(run.id()).orElseThrow();
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.availableForImport()).isEqualTo(1);
    }

    @LedgerTest
    void aFailedPollThatIsRequeuedStaysOpenAndItsWindowIsAskedForOnce() {
        Run run = failedPoll(Run.Cause.SCHEDULE);
        Run again = failedPoll(Run.Cause.SCHEDULE);
        Channels.Entry entry = open(Channel.SOURCE).get(0);
        assertThat(entry.page()).isNull();
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY)).isEmpty();

        assertThat(ledger.channels.requeue(Channel.SOURCE, List.of(), "a".repeat(300)))
                .isEqualTo(2);

        assertThat(open(Channel.SOURCE))
                .extracting(Channels.Entry::requeuedBy)
                .containsExactly("a".repeat(200), "a".repeat(200));
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY))
                .containsExactly(new FailedWindows.Requeued(run.from(), run.to(), false, run.to()));
        Run third = ledger.run(Run.Cause.MANUAL, run.from(), run.to());
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY)).isEmpty();

        ledger.runs.failed(third.id(), Reason.SOURCE_UNAUTHORIZED, "Still wrong.");
        assertThat(open(Channel.SOURCE)).as("by success only").hasSize(2);
        assertThat(again.id()).isNotEqualTo(run.id());
    }

    @LedgerTest
    void itClosesWhenItsWholeWindowHasLandedSince() {
        ledger.runs.landed(
                ledger.run(Run.Cause.MANUAL, DAY, DAY.plusSeconds(86_400)).id(), null);
        Run failed = failedPoll(Run.Cause.SCHEDULE);
        Instant middle = DAY.plusSeconds(40_000);
        lands(DAY, middle);
        assertThat(open(Channel.SOURCE)).as("half of it").hasSize(1);

        Run rest = lands(middle.minusSeconds(60), failed.to());

        assertThat(open(Channel.SOURCE)).isEmpty();
        assertThat(ledger.channels.ofRun(failed.id(), 10, 0)).isEmpty();
        assertThat(rest.id()).isNotEmpty();
    }

    @LedgerTest
    void aBackfillThatEndedThereIsAskedForToItsEnd() {
        Instant end = DAY.plusSeconds(5 * 86_400);
        Run failed = ledger.runs
                .open(new Opening(
                        CONNECTOR, "WeChat Archiver", Run.Cause.BACKFILL, false, DAY, DAY.plusSeconds(86_400), end))
                .orElseThrow();
        ledger.runs.failed(failed.id(), Reason.SOURCE_UNAUTHORIZED, "The feed said 401.");
        ledger.channels.record(
                List.of(Failure.ofPoll(CONNECTOR, failed.id(), Reason.SOURCE_UNAUTHORIZED, "It said 401.")));
        ledger.channels.requeue(Channel.SOURCE, List.of(), "ada");
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY))
                .containsExactly(new FailedWindows.Requeued(DAY, failed.to(), true, end));
    }

    @LedgerTest
    void aRunThatIsGivenAnotherWindowAsksForThatAndNoLongerForTheFirst() {
        Run failed = failedPoll(Run.Cause.SCHEDULE);
        ledger.channels.requeue(Channel.SOURCE, List.of(), "ada");
        Run second = ledger.run(Run.Cause.MANUAL, failed.from(), failed.to());
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY)).isEmpty();

        ledger.runs.move(second, failed.to(), failed.to().plusSeconds(60));
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY)).hasSize(1);

        ledger.runs.move(second, failed.from(), failed.to());
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY)).isEmpty();
    }

    @LedgerTest
    void aWindowThatTheSourceNoLongerKeepsIsAskedForOnceAndThenOnlyAccepted() {
        Run failed = failedPoll(Run.Cause.SCHEDULE);
        Instant kept = DAY.plusSeconds(1);
        assertThat(ledger.failedWindows.expired(List.of(), DAY, false)).isZero();
        assertThat(ledger.failedWindows.expired(List.of(), kept, false)).isEqualTo(1);
        assertThat(ledger.failedWindows.expired(List.of(), kept, true)).isZero();
        ledger.channels.requeue(Channel.SOURCE, List.of(), "ada");
        assertThat(ledger.failedWindows.requeued(CONNECTOR, kept)).hasSize(1);
        Run again = ledger.run(Run.Cause.MANUAL, failed.from(), failed.to());

        String before = open(Channel.SOURCE).get(0).detail();
        assertThat(before).isNotBlank();
        assertThat(ledger.polls.expired(again.id(), "It is gone.")).isTrue();
        assertThat(ledger.failedWindows.expired(again, "It is gone.")).isTrue();
        assertThat(open(Channel.SOURCE).get(0).detail())
                .as("where a page lies that could not be read is not forgotten")
                .isEqualTo("It is gone. Before that: " + before);
        assertThat(ledger.failedWindows.expired(again, "It is gone.")).isTrue();

        Channels.Entry entry = open(Channel.SOURCE).get(0);
        assertThat(entry.reason()).isEqualTo(Reason.SOURCE_EXPIRED);
        assertThat(entry.detail()).isEqualTo("It is gone.");
        assertThat(ledger.failedWindows.expired(List.of(entry.id()), kept, true))
                .isEqualTo(1);
        ledger.channels.requeue(Channel.SOURCE, List.of(), "ada");
        assertThat(ledger.failedWindows.requeued(CONNECTOR, kept)).isEmpty();
        assertThat(ledger.failedWindows.requeued(CONNECTOR, DAY))
                .as("the source keeps more than was set")
                .hasSize(1);

        ledger.runs.landed(again.id(), 0L);
        assertThat(ledger.polls.expired(again.id(), "Late.")).isFalse();
        assertThat(ledger.reports.finish(again.id())).get().satisfies(report -> {
            assertThat(report.run().state()).isEqualTo(Run.State.INCOMPLETE);
            assertThat(report.run().reason()).isEqualTo(Reason.SOURCE_EXPIRED);
            assertThat(report.run().detail()).isEqualTo("It is gone.");
        });
        assertThat(open(Channel.SOURCE)).hasSize(1);
        assertThat(ledger.reports.accept(again.id(), "ada", "", kept)).isInstanceOf(Acceptance.Accepted.class);
        assertThat(open(Channel.SOURCE)).isEmpty();
    }

    private Run failedPoll(Run.Cause cause) {
        Run run = ledger.run(cause, DAY, DAY.plusSeconds(86_400));
        ledger.runs.failed(run.id(), Reason.SOURCE_UNAUTHORIZED, "The feed said 401.");
        ledger.channels.record(
                List.of(Failure.ofPoll(CONNECTOR, run.id(), Reason.SOURCE_UNAUTHORIZED, "The feed said 401.")));
        return run;
    }

    private Run lands(Instant from, Instant to) {
        Run run = ledger.run(Run.Cause.MANUAL, from, to);
        ledger.runs.landed(run.id(), null);
        ledger.reports.reach(run);
        return run;
    }

    private List<Channels.Entry> open(Channel channel) {
        return ledger.channels.list(channel, 100, 0);
    }

    @LedgerTest
    void aPageThatFailedAsAWholeHasOneEntryIsQueuedWhenThatIsRequeuedAndLeavesTheChannelWhenItIsDone() {
        Run run = ledger.run();
        Page page = ledger.page(run, 3, 1);
        Page other = ledger.page(run, 4, 1);
        ledger.channels.record(
                List.of(Failure.ofPage(CONNECTOR, page, "It failed."), Failure.ofPage(CONNECTOR, other, "It too.")));
        ledger.channels.record(List.of(Failure.ofPage(CONNECTOR, page, "It failed again.")));
        for (Page each : List.of(page, other)) {
            ledger.queued.putOff(each.reference(), Duration.ofHours(1));
        }
        List<Channels.Entry> entries = ledger.channels.list(Channel.UNDELIVERABLE, 10, 0);
        assertThat(entries).hasSize(2);
        Channels.Entry entry = entries.get(0);
        assertThat(entry.reason()).isEqualTo(Reason.PAGE_FAILED);
        assertThat(entry.page()).isEqualTo(3);
        assertThat(entry.position()).isNull();
        assertThat(entry.detail()).isEqualTo("It failed again.");
        assertThat(ledger.channels.ofRun(run.id(), 10, 0)).hasSize(2);
        assertThat(ledger.pages.due(10, List.of(CONNECTOR))).isEmpty();

        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(entry.id()), "ada"))
                .isEqualTo(1);
        assertThat(ledger.pages.due(10, List.of(CONNECTOR))).containsExactly(page);
        ledger.pages.done(page);

        assertThat(ledger.channels.find(entry.id())).get().satisfies(closed -> assertThat(closed.closedBy())
                .isEqualTo("delivery"));
        assertThat(ledger.channels.counts()).containsEntry(Channel.UNDELIVERABLE, 1L);
        ledger.assertTotals();
    }
}
