package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the ledger tells of pages that are gone goes behind them; what messages are known by, and what is counted, does not. */
class DetailRemovalsTest extends LedgerContract {
    private final DetailRemovals details;
    private final RunDetails runDetails;

    DetailRemovalsTest(TestLedger ledger) {
        super(ledger);
        details = ledger.details;
        runDetails = ledger.runDetails;
    }

    @LedgerTest
    void closedEntriesAndSentencesGoAndADecisionStaysWithItsEntry() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        ledger.failed(page, "m2", "bert@example.com", Reason.QUOTA_EXCEEDED);
        ledger.failed(page, "m3", "cleo@example.com", Reason.QUOTA_EXCEEDED);
        Page other = ledger.delivered(run, 2, "m4");
        ledger.failed(other, "m5", "bert@example.com", Reason.QUOTA_EXCEEDED);
        close();
        ledger.jdbc.update("delete from decision where entry = (select id from channel_entry where source_id = 'm2')");
        ledger.jdbc.update("update channel_entry set decision = null, closed_by = 'delivery' where source_id = 'm2'");
        Run ended = gone(run, page);
        RunReport before = ledger.reports.of(run.id()).orElseThrow();
        Item known = ledger.recalled("m3", "cleo@example.com");

        DetailRemovals.Outcome outcome = remove(ended, page);

        assertThat(outcome).isEqualTo(new DetailRemovals.Outcome(null, 2, 2));
        assertThat(ledger.jdbc.queryForList("select source_id from channel_entry order by source_id", String.class))
                .containsExactly("m3", "m5");
        assertThat(ledger.channels.find(entry("m3")).orElseThrow()).satisfies(entry -> {
            assertThat(entry.owner()).isEmpty();
            assertThat(entry.detail()).isEqualTo(DetailRemovals.REMOVED);
            assertThat(entry.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            assertThat(entry.decision().why()).isEqualTo("x");
        });
        assertThat(ledger.channels.find(entry("m5")).orElseThrow().detail())
                .as("its page is there")
                .isEqualTo("It failed.");
        assertThat(ledger.recalled("m1", "anna@example.com").state()).isEqualTo(ItemState.IMPORTED);
        assertThat(ledger.recalled("m3", "cleo@example.com"))
                .satisfies(item -> assertThat(item.state()).isEqualTo(known.state()))
                .satisfies(item -> assertThat(item.detail()).isNull());
        assertThat(ledger.reports.of(run.id()).orElseThrow()).isEqualTo(before);
        assertThat(ledger.jdbc.queryForList(
                        "select detail from audit_note where action = 'RETENTION_APPLIED' and subject = ? order by id",
                        String.class,
                        page.reference()))
                .last()
                .isEqualTo("{\"entries\":2,\"sentences\":2}");
        assertThat(details.due(TestLedger.CONNECTOR, ledger.clock.instant().plusSeconds(1), 10, null))
                .isEmpty();
        assertThat(details.of(TestLedger.CONNECTOR)).isEqualTo(new DetailRemovals.Sum(1, 2, 0, null));
    }

    @LedgerTest
    void whatIsOpenHeldOrAtAnotherArchiverStays() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1");
        ledger.failed(page, "m2", "bert@example.com", Reason.QUOTA_EXCEEDED);
        close();
        Run ended = gone(run, page);

        assertThat(details.remove(ended, page, holds -> Optional.empty()).kept().why())
                .isEqualTo("Another archiver is at it.");
        assertThat(runDetails.remove(ended, holds -> Optional.empty())).isEqualTo(RunDetails.Part.KEPT);
        ledger.retention.take();
        assertThat(details.remove(ended, page, holds -> Optional.of(Kept.because("Held.")))
                        .kept()
                        .why())
                .isEqualTo("Held.");
        ledger.jdbc.update("update channel_entry set closed = null, closed_by = null, decision = null");
        assertThat(details.remove(ended, page, holds -> Optional.empty()).kept().why())
                .isEqualTo("Entries of the page are open in their channels.");
        ledger.retention.release();

        assertThat(ledger.channels.find(entry("m2")).orElseThrow().detail()).isEqualTo("It failed.");
        assertThat(details.of(TestLedger.CONNECTOR).waiting()).isEqualTo(1);
    }

    @LedgerTest
    void whatARunTellsAsAWholeGoesInPartsWhileItsReportAndTotalsStay() {
        Run first = ledger.run();
        Page page = ledger.delivered(first, 1, "m1", "m2");
        end(first);
        Run run = ledger.run(Run.Cause.MANUAL, TestLedger.DAY, TestLedger.DAY.plusSeconds(60));
        Page own = ledger.delivered(run, 1, "m3");
        ledger.metAgain(
                run, List.of(ledger.recalled("m1", "anna@example.com"), ledger.recalled("m2", "anna@example.com")));
        ledger.notServed.add(
                run.id(),
                List.of(new NotServed.Sighting(
                        UUID.randomUUID(), "+1", "+1 202", Reason.ADDRESS_REFUSED, "Not an address.")));
        Run ended = gone(run, own);
        ledger.removals.read(own, PageParties.of(List.of("+1"), false));
        RunReport before = ledger.reports.of(run.id()).orElseThrow();
        assertThat(before.skipped()).isEqualTo(2);
        Instant now = ledger.clock.instant().plusSeconds(1);
        assertThat(runDetails.due(TestLedger.CONNECTOR, now, 10, ""))
                .as("while the ledger tells of one of its pages")
                .isEmpty();
        remove(ended, own);
        assertThat(runDetails.due(TestLedger.CONNECTOR, now, 10, "")).containsExactly(ended);

        assertThat(all(ended)).as("it met what may be sent again").isEqualTo(RunDetails.Part.KEPT);
        assertThat(rows("met_again", run)).isEqualTo(2);
        assertThat(ledger.removals.parties(own)).isPresent();
        gone(first, page);
        assertThat(all(ended)).isEqualTo(RunDetails.Part.DONE);

        for (String table :
                List.of("met_again", "capture_met_again", "not_served", "not_served_message", "page_parties")) {
            assertThat(rows(table, run)).as(table).isZero();
        }
        assertThat(ledger.jdbc.queryForObject("select kept from run where id = ?", String.class, run.id()))
                .isEqualTo("IDENTITIES");
        assertThat(ledger.reports.of(run.id()).orElseThrow()).isEqualTo(before);
        assertThat(ledger.notServed.counts(List.of(run.id()))).isNotEmpty();
        assertThat(ledger.totals.of(run.id())).isEmpty();
        assertThat(ledger.recalled("m1", "anna@example.com").state()).isEqualTo(ItemState.IMPORTED);
        assertThat(runDetails.due(TestLedger.CONNECTOR, now, 10, "")).isEmpty();

        ledger.jdbc.update(
                "insert into met_again (run, message, target) select ?, message, target from item", run.id());
        ledger.jdbc.update("delete from run_total where run = ? and outcome = 'SKIPPED'", run.id());
        ledger.jdbc.update("delete from run_change where run = ? and outcome = 'SKIPPED'", run.id());
        assertThat(ledger.totals.of(run.id()))
                .as("more rows than are counted were never removed")
                .isNotEmpty();
        ledger.jdbc.update("delete from met_again");
    }

    /** All parts, up to that in which nothing more goes. */
    private RunDetails.Part all(Run run) {
        ledger.retention.take();
        try {
            RunDetails.Part part = RunDetails.Part.MORE;
            while (part == RunDetails.Part.MORE) {
                part = runDetails.remove(run, holds -> Optional.empty());
            }
            return part;
        } finally {
            ledger.retention.release();
        }
    }

    private DetailRemovals.Outcome remove(Run run, Page page) {
        ledger.retention.take();
        try {
            return details.remove(run, page, holds -> Optional.empty());
        } finally {
            ledger.retention.release();
        }
    }

    private void end(Run run) {
        ledger.runs.landed(run.id(), ledger.reports.of(run.id()).orElseThrow().arrived());
        ledger.reports.finish(run.id());
        while (ledger.searchLists.enter()) {
            ledger.clock.pass(Duration.ofMillis(1));
        }
    }

    /** The run has ended, and the page is gone. */
    private Run gone(Run run, Page page) {
        end(run);
        Run ended = ledger.runs.find(run.id()).orElseThrow();
        ledger.retention.take();
        assertThat(ledger.removals.mark(ended, page, holds -> Optional.empty())).isEmpty();
        ledger.removals.removed(page);
        assertThat(ledger.removals.markRest(ended, holds -> Optional.empty())).isEmpty();
        ledger.removals.removedRest(ended, 0);
        ledger.retention.release();
        return ended;
    }

    private void close() {
        ledger.decisions.close(Channel.UNDELIVERABLE, ledger.channels.ids(Channel.UNDELIVERABLE, "", null), "ada", "x");
    }

    private long entry(String sourceId) {
        return ledger.jdbc.queryForObject("select id from channel_entry where source_id = ?", Long.class, sourceId);
    }

    private long rows(String table, Run run) {
        return ledger.jdbc.queryForObject("select count(*) from " + table + " where run = ?", Long.class, run.id());
    }
}
