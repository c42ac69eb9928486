package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What waits, why, and until when. */
class WaitingTest extends LedgerContract {
    WaitingTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whatWaitsIsListedWithItsReasonAndItsTimeAndNothingElse() {
        Page page = ledger.page(ledger.run(), 1, 3);
        waits(page, "m1", "anna@example.com", 60, Reason.QUOTA_EXCEEDED);
        waits(page, "m2", "bert@example.com", 30, Reason.THROTTLED);
        Items.Fresh sent = fresh(revision(page, "m3", 2), "cleo@example.com", "dora@example.com");
        ledger.items.register(List.of(sent));
        ledger.items.settle(List.of(imported(sent.items().get(0))));
        ledger.failed(page, "m4", "emil@example.com", Reason.NO_MAPPING);

        assertThat(list("", ""))
                .extracting(ItemEntry::sourceId, entry -> entry.item().reason(), entry -> entry.item()
                        .retryAt())
                .containsExactly(tuple("m2", Reason.THROTTLED, at(30)), tuple("m1", Reason.QUOTA_EXCEEDED, at(60)));
        assertThat(list("", "").get(0)).satisfies(entry -> {
            assertThat(entry.connector()).isEqualTo(TestLedger.CONNECTOR);
            assertThat(entry.item().target()).isEqualTo("bert@example.com");
            assertThat(entry.item().detail()).isEqualTo("It waits.");
            assertThat(entry.owner()).isEqualTo("+4915112345678");
            assertThat(entry.item().run()).isEqualTo(page.run());
        });
    }

    @LedgerTest
    void aMailboxOrAMessageCanBeAskedFor() {
        Page page = ledger.page(ledger.run(), 1, 2);
        waits(page, "m1", "anna@example.com", 60, Reason.QUOTA_EXCEEDED);
        waits(page, "m2", "anna@example.com", 30, Reason.QUOTA_EXCEEDED);
        waits(page, "m3", "bert@example.com", 30, Reason.QUOTA_EXCEEDED);
        assertThat(list("Anna@Example.com", "")).extracting(ItemEntry::sourceId).containsExactly("m2", "m1");
        assertThat(list("", "m3")).hasSize(1);
        assertThat(list("anna@example.com", "m3")).isEmpty();
        assertThat(list("", "x\u0000'; drop")).isEmpty();
    }

    @LedgerTest
    void partsOfTheListJoinWithoutAGapAlsoWhereManyAreDueAtOnce() {
        Page page = ledger.page(ledger.run(), 1, 25);
        for (int i = 0; i < 25; i++) {
            waits(page, "m" + i, "box" + i % 3 + "@example.com", i / 10, Reason.QUOTA_EXCEEDED);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        while (true) {
            List<ItemEntry> part = ledger.waiting.list("", "", 4, after);
            if (part.isEmpty()) {
                break;
            }
            part.forEach(entry -> seen.add(entry.sourceId()));
            after = Waiting.place(part.get(part.size() - 1));
            assertThat(Waiting.isPlace(after)).isTrue();
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(Waiting.isPlace("17")).isFalse();
    }

    @LedgerTest
    void theRunsReportSaysHowManyWaitAndWhy() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 3);
        Item first = waits(page, "m1", "anna@example.com", 60, Reason.QUOTA_EXCEEDED);
        waits(page, "m2", "anna@example.com", 60, Reason.QUOTA_EXCEEDED);
        waits(page, "m3", "bert@example.com", 60, Reason.THROTTLED);
        RunReport report = ledger.reports.of(run.id()).orElseThrow();
        assertThat(report.pending()).isEqualTo(3);
        assertThat(report.waiting()).isEqualTo(3);
        assertThat(report.waitingByReason()).isEqualTo(Map.of(Reason.QUOTA_EXCEEDED, 2L, Reason.THROTTLED, 1L));
        assertThat(ledger.waiting.numbers()).containsExactly(new Waiting.Number(TestLedger.CONNECTOR, 3));

        ledger.items.settle(List.of(imported(first)));
        assertThat(ledger.reports.of(run.id()).orElseThrow().waitingByReason())
                .containsEntry(Reason.QUOTA_EXCEEDED, 1L);
    }

    private List<ItemEntry> list(String mailbox, String messageId) {
        return ledger.waiting.list(mailbox, messageId, 100, "");
    }

    private Instant at(int seconds) {
        return ledger.clock.instant().plus(Duration.ofSeconds(seconds));
    }

    private Item waits(Page page, String id, String mailbox, int seconds, Reason reason) {
        Items.Fresh fresh = fresh(revision(page, id, 0), mailbox);
        ledger.items.register(List.of(fresh));
        Item item = fresh.items().get(0);
        ledger.items.settle(List.of(new Items.Settled(item, ItemState.RETRY, reason, "It waits.", 0, at(seconds))));
        return item;
    }
}
