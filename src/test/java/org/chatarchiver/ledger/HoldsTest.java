package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

class HoldsTest extends LedgerContract {
    HoldsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whoHasSetAHoldWhenAndWhyStandsInItForEverAndSoDoesItsLifting() {
        Instant set = ledger.clock.instant();
        Hold hold = ledger.holds.set(Hold.Kind.PERSON, "+49 1511 2345678", "ada", "Case 17");
        assertThat(hold)
                .isEqualTo(new Hold(hold.id(), Hold.Kind.PERSON, "+49 1511 2345678", "Case 17", set, "ada", null));
        assertThat(ledger.holds.inForce()).containsExactly(hold);

        ledger.clock.pass(Duration.ofDays(1));
        assertThat(ledger.holds.lift(hold.id(), "bob", "Closed")).isTrue();

        assertThat(ledger.holds.inForce()).isEmpty();
        assertThat(ledger.holds.list(true, 10, 0))
                .containsExactly(ledger.holds.find(hold.id()).orElseThrow())
                .singleElement()
                .satisfies(lifted -> {
                    assertThat(lifted.at()).isEqualTo(set);
                    assertThat(lifted.by()).isEqualTo("ada");
                    assertThat(lifted.lifting()).isEqualTo(new Hold.Lifting(ledger.clock.instant(), "bob", "Closed"));
                });
    }

    @LedgerTest
    void severalOnOneSubjectAreLiftedEachByItselfAndOnce() {
        Hold first = ledger.holds.set(Hold.Kind.CONNECTOR, TestLedger.CONNECTOR, "ada", "Case 17");
        Hold second = ledger.holds.set(Hold.Kind.CONNECTOR, TestLedger.CONNECTOR, "ada", "Case 18");

        assertThat(ledger.holds.lift(first.id(), "ada", "Closed")).isTrue();
        assertThat(ledger.holds.lift(first.id(), "bob", "Again")).isFalse();

        assertThat(ledger.holds.inForce()).containsExactly(second);
        assertThat(ledger.holds.find(first.id()).orElseThrow().lifting().by()).isEqualTo("ada");
        assertThat(ledger.holds.lift(-1, "ada", "None")).isFalse();
    }

    @LedgerTest
    void theyAreListedInParts() {
        Hold first = ledger.holds.set(Hold.Kind.RUN, "r1", "ada", "x");
        Hold second = ledger.holds.set(Hold.Kind.RUN, "r2", "ada", "x");
        assertThat(ledger.holds.list(false, 1, 0)).containsExactly(first);
        assertThat(ledger.holds.list(false, 10, first.id())).containsExactly(second);
        assertThat(ledger.holds.list(true, 10, 0)).isEmpty();
    }
}
