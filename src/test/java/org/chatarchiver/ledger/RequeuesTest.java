package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.failure;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.List;

class RequeuesTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";

    private final Requeues requeues;

    RequeuesTest(TestLedger ledger) {
        super(ledger);
        this.requeues = ledger.requeues;
    }

    @LedgerTest
    void whatCanPassIsTriedAgainAfterAnHourAndCountsInTheRunItCameFrom() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        ledger.failed(page, "m1", ANNA, Reason.QUOTA_EXCEEDED);
        ledger.pages.done(page);
        ledger.clock.pass(Duration.ofMinutes(59));
        assertThat(requeues.passing(Duration.ofHours(1), Duration.ofDays(7))).isZero();
        ledger.clock.pass(Duration.ofMinutes(1));

        assertThat(requeues.passing(Duration.ofHours(1), Duration.ofDays(7))).isEqualTo(1);

        assertThat(ledger.recalled("m1", ANNA).state()).isEqualTo(ItemState.RETRY);
        assertThat(ledger.pages.due(10, List.of(TestLedger.CONNECTOR))).containsExactly(page);
        assertThat(entry().requeuedBy()).isEqualTo("archiver");
        assertThat(requeues.passing(Duration.ofHours(1), Duration.ofDays(7)))
                .as("it is on its way")
                .isZero();
        ledger.items.settle(List.of(imported(ledger.recalled("m1", ANNA))));
        assertThat(ledger.channels.counts()).containsEntry(Channel.UNDELIVERABLE, 0L);
        RunReport report = ledger.reports.of(run.id()).orElseThrow();
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.failed()).isZero();
    }

    @LedgerTest
    void itIsTriedAgainEveryHourForAWeekAndThenLeftToAnAdministrator() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.failed(page, "m1", ANNA, Reason.THROTTLED);
        int tries = 0;
        for (int hour = 0; hour < 24 * 8; hour++) {
            ledger.clock.pass(Duration.ofHours(1));
            tries += requeues.passing(Duration.ofHours(1), Duration.ofDays(7));
            fail(page);
        }
        assertThat(tries).isEqualTo(24 * 7 - 1);
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(), "ada"))
                .isEqualTo(1);
    }

    @LedgerTest
    void whatWillNotPassByItselfStaysInItsChannel() {
        Page page = ledger.page(ledger.run(), 1, 3);
        ledger.failed(page, "m1", ANNA, Reason.MAILBOX_GONE);
        ledger.failed(page, "m2", ANNA, Reason.PERMISSION_DENIED);
        ledger.failed(page, "m3", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        ledger.clock.pass(Duration.ofHours(2));
        assertThat(requeues.passing(Duration.ofHours(1), Duration.ofDays(7))).isZero();
    }

    @LedgerTest
    void anEntryThatOpensAgainHasItsWeekAnew() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.failed(page, "m1", ANNA, Reason.QUOTA_EXCEEDED);
        ledger.jdbc.update("update channel_entry set closed = opened, closed_by = 'delivery'");
        ledger.clock.pass(Duration.ofDays(10));
        fail(page);
        ledger.clock.pass(Duration.ofHours(1));
        assertThat(requeues.passing(Duration.ofHours(1), Duration.ofDays(7))).isEqualTo(1);
    }

    private void fail(Page page) {
        Item item = ledger.recalled("m1", ANNA);
        ledger.channels.record(List.of(failure(page, revision(page, "m1", 0), item, Reason.THROTTLED)));
    }

    private Channels.Entry entry() {
        return ledger.channels.list(Channel.UNDELIVERABLE, 10, 0).get(0);
    }
}
