package org.chatarchiver.ledger;

import org.junit.jupiter.api.BeforeEach;

/** What the ledger promises on every database; each test finds it empty. */
abstract class LedgerContract {
    final TestLedger ledger;

    LedgerContract(TestLedger ledger) {
        this.ledger = ledger;
    }

    @BeforeEach
    void empty() {
        ledger.clear();
    }
}
