package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
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

    /** Whatever a test has done; once more when all of it is added up, and when an upgrade has counted the rows. */
    @AfterEach
    void theTotalsOfEveryRunAreWhatItsRowsSay() {
        ledger.assertTotals();
        ledger.sums.fold();
        ledger.assertTotals();
        assertThat(ledger.jdbc.queryForObject("select count(*) from run_change", Long.class))
                .isZero();
        ledger.endIntents();
        Recount.of(ledger.jdbc);
        ledger.assertTotals();
    }
}
