package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.util.List;

/** Which mailboxes are likely to work. */
class ServedMailboxesTest extends LedgerContract {
    ServedMailboxesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void thoseThatTookSomethingComeBeforeThoseThatWaitAndOthersNotAtAll() {
        Page page = ledger.page(ledger.run(), 1, 4);
        Items.Fresh filed = fresh(revision(page, "m1", 0), "dora@example.com", "emil@example.com");
        Items.Fresh waiting =
                fresh(revision(page, "m2", 1), "anna@example.com", ItemTarget.mailbox("!anna@example.com"));
        Items.Fresh unknown = fresh(revision(page, "m3", 2), ItemTarget.participant("+447700900123"));
        ledger.items.register(List.of(filed, waiting, unknown));
        ledger.items.settle(List.of(imported(filed.items().get(0))));
        for (Item item : List.of(
                waiting.items().get(0), waiting.items().get(1), unknown.items().get(0))) {
            ledger.items.settle(List.of(new Items.Settled(
                    item, ItemState.RETRY, Reason.DESTINATION_UNAVAILABLE, "It waits.", 0, TestLedger.DAY)));
        }
        ledger.failed(page, "m4", "fritz@example.com", Reason.PERMISSION_DENIED);

        assertThat(ledger.served.latest(10))
                .containsExactlyInAnyOrder("dora@example.com", "anna@example.com", "!anna@example.com")
                .startsWith("dora@example.com");
    }
}
