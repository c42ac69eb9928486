package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

class ArchiversTest extends LedgerContract {
    ArchiversTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void theOnlyOneHasNoOthers() {
        ledger.archivers.seen();
        ledger.archivers.seen();

        assertThat(ledger.archivers.others()).isZero();
    }

    @LedgerTest
    void anotherOneOfASharedLedgerIsKnownUntilItHasBeenSilentForLong() {
        boolean shared = !ledger.runLeases.embedded();
        Archivers other = new Archivers(JdbcClient.create(ledger.jdbc), ledger.runLeases);

        other.seen();
        assertThat(ledger.archivers.others()).isEqualTo(shared ? 1 : 0);
        assertThat(other.others()).isZero();

        ledger.jdbc.update(
                "update archiver set seen = seen - interval '" + (Archivers.SILENT.toSeconds() + 1) + "' second");
        assertThat(ledger.archivers.others()).isZero();
        other.seen();
        assertThat(ledger.archivers.others()).isEqualTo(shared ? 1 : 0);
    }

    @LedgerTest
    void oneThatHasStoppedIsGoneAtOnce() {
        Archivers other = new Archivers(JdbcClient.create(ledger.jdbc), ledger.runLeases);
        other.seen();

        other.gone();

        assertThat(ledger.archivers.others()).isZero();
    }
}
