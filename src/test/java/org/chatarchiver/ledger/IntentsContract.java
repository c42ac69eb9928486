package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Items that a page is about to send: some of them have no row yet. */
abstract class IntentsContract extends LedgerContract {
    static final String ANNA = "anna@example.com";
    static final String BERT = "bert@example.com";

    Page page;

    IntentsContract(TestLedger ledger) {
        super(ledger);
    }

    @BeforeEach
    void land() {
        page = ledger.page(ledger.run(), 1, 2);
    }

    Items.Fresh register(String id, String... mailboxes) {
        Items.Fresh fresh = fresh(revision(page, id, 0), mailboxes);
        assertThat(ledger.items.register(List.of(fresh))).isTrue();
        return fresh;
    }

    long rows() {
        return ledger.jdbc.queryForObject("select count(*) from item", Long.class);
    }

    long records() {
        return ledger.jdbc.queryForObject("select count(*) from intent", Long.class);
    }
}
