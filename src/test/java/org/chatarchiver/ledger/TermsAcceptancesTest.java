package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

class TermsAcceptancesTest extends LedgerContract {
    private static final String FIRST = "a".repeat(64);
    private static final String SECOND = "b".repeat(64);

    TermsAcceptancesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whoAcceptedWhichTextAndWhenIsKept() {
        Instant now = ledger.clock.instant();

        TermsAcceptances.Entry accepted = ledger.terms.accept("ada", "1", FIRST, "One.");

        assertThat(accepted).isEqualTo(new TermsAcceptances.Entry("1", FIRST, "ada", now));
        assertThat(ledger.terms.find("ada", FIRST)).contains(accepted);
        assertThat(ledger.terms.find("bob", FIRST)).isEmpty();
        assertThat(ledger.terms.find("ada", SECOND)).isEmpty();
    }

    @LedgerTest
    void whatIsAcceptedAgainStaysAsItWasAndATextIsKeptOnce() {
        TermsAcceptances.Entry first = ledger.terms.accept("ada", "1", FIRST, "One.");
        ledger.clock.pass(Duration.ofHours(1));

        assertThat(ledger.terms.accept("ada", "1", FIRST, "One.")).isEqualTo(first);
        ledger.terms.accept("bob", "1", FIRST, "One.");
        ledger.terms.accept("ada", "2", SECOND, "Two.");

        assertThat(number("terms_acceptance")).isEqualTo(3);
        assertThat(number("terms")).isEqualTo(2);
        assertThat(ledger.jdbc.queryForObject("select text from terms where sha256 = ?", String.class, SECOND))
                .isEqualTo("Two.");
    }

    @LedgerTest
    void aTextOf64KBAndNamesFromOutsideFit() {
        String text = "\u20ac".repeat(65_536);

        TermsAcceptances.Entry accepted =
                ledger.terms.accept("a\u0000" + "x".repeat(300), "v".repeat(300), FIRST, text);

        assertThat(accepted.by()).startsWith("a\ufffdx").hasSize(200);
        assertThat(accepted.version()).hasSize(100);
    }

    private long number(String table) {
        return ledger.jdbc.queryForObject("select count(*) from " + table, Long.class);
    }
}
