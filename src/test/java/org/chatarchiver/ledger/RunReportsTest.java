package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RunReportsTest extends LedgerContract {
    RunReportsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void countsBalanceOverEveryOutcome() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 4);
        Items.Fresh served = fresh(revision(page, "m1", 0), "anna@example.com", "bert@example.com", "cleo@example.com");
        ledger.items.register(List.of(served));
        ledger.items.settle(List.of(
                imported(served.items().get(0)),
                new Items.Settled(
                        served.items().get(1), ItemState.PARTIAL, Reason.ATTACHMENT_GONE, "One is gone.", 8, null)));
        ledger.failed(page, "m2", ItemTarget.participant("+4915199999999"), Reason.NO_MAPPING);
        malformed(page, "m3", 2);
        RunReport open = report(run);
        assertThat(open.pending()).isEqualTo(1);
        assertBalance(open, 1, 1, 0, 2);
        assertThat(ledger.reports.finish(run.id())).as("not landed").isEmpty();
        ledger.runs.landed(run.id(), 3L);
        ledger.pages.done(page);
        assertThat(ledger.reports.finish(run.id())).as("one is sending").isEmpty();

        ledger.items.settle(List.of(imported(served.items().get(2))));
        RunReport ended = ledger.reports.finish(run.id()).orElseThrow();
        assertBalance(ended, 2, 1, 0, 2);
        assertThat(ended.failedByReason()).isEqualTo(Map.of(Reason.NO_MAPPING, 1L, Reason.TIME_MISSING, 1L));
        assertThat(ended.arrived()).isEqualTo(3);
        assertThat(ended.pages()).containsExactly(page);
        assertThat(ended.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(ledger.reports.finish(run.id())).as("ended already").isEmpty();
    }

    @LedgerTest
    void aPageRecordedTwiceCountsOnce() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        Item item = ledger.recalled("m1", "anna@example.com");
        assertThat(ledger.items.register(List.of(fresh(revision(page, "m1", 0), "anna@example.com"))))
                .isFalse();
        ledger.metAgain(run, List.of(item));
        ledger.items.settle(List.of(imported(item)));
        malformed(page, "m2", 1);
        malformed(page, "m2", 1);
        assertBalance(report(run), 1, 0, 0, 1);
    }

    @LedgerTest
    void aSecondRunOverTheSameWindowCountsAllAsSkipped() {
        Run first = ledger.run();
        Page page = ledger.delivered(first, 1, "m1", "m2");
        Item failed = ledger.failed(page, "m3", "bert@example.com", Reason.QUOTA_EXCEEDED);
        ledger.runs.landed(first.id(), 3L);
        Run second = ledger.run();
        Page again = ledger.page(second, 1, 3);
        for (int twice = 0; twice < 2; twice++) {
            ledger.metAgain(
                    second,
                    List.of(
                            ledger.recalled("m1", "anna@example.com"),
                            ledger.recalled("m2", "anna@example.com"),
                            failed));
        }
        ledger.pages.done(again);
        ledger.runs.landed(second.id(), 3L);
        assertBalance(ledger.reports.finish(second.id()).orElseThrow(), 0, 0, 2, 1);
        assertBalance(report(first), 2, 0, 0, 1);
        assertThat(ledger.channels.ofRun(second.id(), 10, 0))
                .as("what it counts as failed can be looked at")
                .extracting(Channels.Entry::messageId)
                .containsExactly("m3");
    }

    @LedgerTest
    void whatIsInProgressInAnotherRunIsAwaitedNotSkipped() {
        Run first = ledger.run();
        Page page = ledger.page(first, 1, 1);
        Items.Fresh fresh = fresh(revision(page, "m1", 0), "anna@example.com");
        ledger.items.register(List.of(fresh));
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();
        ledger.metAgain(second, fresh.items());
        ledger.runs.landed(second.id(), null);
        assertThat(ledger.reports.finish(second.id())).isEmpty();
        ledger.items.settle(List.of(imported(fresh.items().get(0))));
        assertBalance(ledger.reports.finish(second.id()).orElseThrow(), 0, 0, 1, 0);
    }

    @LedgerTest
    void aRequeueThatMapsAFailureKeepsTheCountsOfTheRunsThatMetItAgain() {
        Run first = ledger.run();
        Page page = ledger.page(first, 1, 1);
        Item failure = ledger.failed(page, "m1", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        ledger.runs.landed(first.id(), 1L);
        Run second = ledger.run();
        ledger.metAgain(second, List.of(failure));
        assertBalance(report(second), 0, 0, 0, 1);
        Item mapped = item(revision(page, "m1", 0), "anna@example.com", ItemState.SENDING, null);
        ledger.items.restate(List.of(mapped));

        ledger.replacements.replaced(List.of(failure), List.of(mapped), List.of());
        ledger.items.settle(List.of(imported(mapped)));

        assertBalance(report(first), 1, 0, 0, 0);
        assertBalance(report(second), 0, 0, 1, 0);
    }

    @LedgerTest
    void aMalformedElementMetAgainCountsInBothRunsAndHasOneEntry() {
        Run first = ledger.run();
        malformed(ledger.page(first, 1, 1), "m1", 0);
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();
        malformed(ledger.page(second, 1, 1), "m1", 0);
        assertBalance(report(first), 0, 0, 0, 1);
        assertBalance(report(second), 0, 0, 0, 1);
        assertThat(ledger.channels.counts()).containsEntry(Channel.MALFORMED, 1L);
    }

    @LedgerTest
    void aMalformedElementWithTheIdOfAKnownMessageOrWithNoneIsCounted() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        malformed(page, "m1", 1);
        malformed(page, "", 2);
        failure(page, Revision.of(CONNECTOR, "", "c".repeat(64), 0, page, 3, "", "", ""));
        assertBalance(report(run), 1, 0, 0, 3);
        assertThat(report(run).arrived()).isEqualTo(3);
    }

    @LedgerTest
    void aRunIsIncompleteWhenTheSourceCountsOtherThanWhatArrived() {
        Run run = ledger.run();
        ledger.delivered(run, 1, "m1", "m2");
        ledger.runs.landed(run.id(), 3L);
        RunReport report = ledger.reports.finish(run.id()).orElseThrow();
        assertThat(report.run().state()).isEqualTo(Run.State.INCOMPLETE);
        assertThat(report.run().reason()).isEqualTo(Reason.COUNT_DIFFERS);
        assertThat(report.run().detail()).contains("3").contains("2");
        assertThat(report.availableFromSource()).isEqualTo(3);
        assertThat(ledger.watermarks.of(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void twoRevisionsOfOneMessageIdAreOneMessageOfTheSource() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        Revision other = Revision.of(CONNECTOR, "m1", "e".repeat(64), 1, page, 1, "", "", "");
        Items.Fresh fresh = fresh(other, "anna@example.com");
        ledger.items.register(List.of(fresh));
        ledger.items.settle(List.of(imported(fresh.items().get(0))));
        ledger.runs.landed(run.id(), 1L);
        RunReport report = ledger.reports.finish(run.id()).orElseThrow();
        assertBalance(report, 2, 0, 0, 0);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
    }

    @LedgerTest
    void aDryRunCountsByPageAndAPageReadTwiceCountsOnce() {
        Run dry = ledger.runs
                .open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY.plusSeconds(60))
                .orElseThrow();
        Page page = ledger.page(dry, 1, 5);
        ledger.dryCounts.replace(page, Map.of(key(DryCounts.Outcome.IMPORTED, null), 9L));
        ledger.dryCounts.replace(
                page,
                Map.of(
                        key(DryCounts.Outcome.MESSAGES, null), 5L,
                        key(DryCounts.Outcome.IMPORTED, null), 2L,
                        key(DryCounts.Outcome.PARTIAL, null), 1L,
                        key(DryCounts.Outcome.SKIPPED, null), 3L,
                        key(DryCounts.Outcome.FAILED, Reason.NO_MAPPING), 1L));
        ledger.dryCounts.replace(ledger.page(dry, 2, 1), Map.of(key(DryCounts.Outcome.FAILED, Reason.NO_MAPPING), 1L));
        RunReport report = report(dry);
        assertBalance(report, 2, 1, 3, 2);
        assertThat(report.arrived()).isEqualTo(5);
        assertThat(ledger.items.recall(CONNECTOR, Set.of("m1"))).isEmpty();
    }

    @LedgerTest
    void severalRunsTogetherAreReportedAsEachByItself() {
        Run first = ledger.run();
        Page page = ledger.delivered(first, 1, "m1", "m2");
        ledger.failed(page, "m3", "bert@example.com", Reason.QUOTA_EXCEEDED);
        ledger.runs.landed(first.id(), 3L);
        Run second = ledger.run();
        ledger.page(second, 1, 1);
        ledger.page(second, 2, 1);
        ledger.metAgain(second, List.of(ledger.recalled("m1", "anna@example.com")));
        ledger.runs.landed(second.id(), null);
        ledger.clock.pass(Duration.ofSeconds(1));
        Run dry = ledger.runs
                .open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY.plusSeconds(60))
                .orElseThrow();
        ledger.dryCounts.replace(ledger.page(dry, 1, 1), Map.of(key(DryCounts.Outcome.IMPORTED, null), 4L));
        ledger.runs.landed(dry.id(), null);
        Run empty = ledger.run();

        List<RunReport> reports = ledger.reports.of(ledger.runs.list(CONNECTOR, 10, ""));

        assertThat(reports).containsExactly(report(empty), report(dry), report(second), report(first));
        assertBalance(reports.get(0), 0, 0, 0, 0);
        assertBalance(reports.get(1), 4, 0, 0, 0);
        assertBalance(reports.get(2), 0, 0, 1, 0);
        assertBalance(reports.get(3), 2, 0, 0, 1);
        assertThat(reports.get(2).pages()).extracting(Page::number).containsExactly(1, 2);
        assertThat(ledger.reports.of(List.of())).isEmpty();
    }

    private static DryCounts.Key key(DryCounts.Outcome outcome, Reason reason) {
        return new DryCounts.Key(outcome, reason);
    }

    private void malformed(Page page, String sourceId, long position) {
        failure(page, Revision.of(CONNECTOR, sourceId, "b".repeat(64), 0, page, position, "", "", ""));
    }

    private void failure(Page page, Revision revision) {
        Item item = item(revision, ItemTarget.participant(""), ItemState.FAILING, Reason.TIME_MISSING);
        ledger.channels.record(List.of(TestLedger.failure(page, revision, item, Reason.TIME_MISSING)));
    }

    private RunReport report(Run run) {
        return ledger.reports.of(run.id()).orElseThrow();
    }

    private static void assertBalance(RunReport report, long imported, long partial, long skipped, long failed) {
        assertThat(List.of(report.imported(), report.partiallyImported(), report.skipped(), report.failed()))
                .containsExactly(imported, partial, skipped, failed);
        assertThat(report.availableForImport()).isEqualTo(imported + partial + skipped + failed);
    }
}
