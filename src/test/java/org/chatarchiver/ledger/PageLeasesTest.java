package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

class PageLeasesTest extends LedgerContract {
    final PageLeases one;
    final PageLeases other;
    Page page;

    PageLeasesTest(TestLedger ledger) {
        super(ledger);
        one = new PageLeases(JdbcClient.create(ledger.jdbc), ledger.runLeases);
        other = new PageLeases(JdbcClient.create(ledger.jdbc), ledger.runLeases);
    }

    @BeforeEach
    void aPageHasLanded() {
        page = ledger.page(ledger.run(), 1, 1);
    }

    @LedgerTest
    void ofTwoArchiversOneWorksOnAPageAndKeepsIt() {
        assertThat(one.take(page)).isTrue();
        assertThat(other.take(page)).isFalse();
        assertThat(one.take(page)).isTrue();
    }

    @LedgerTest
    void aPageThatIsReleasedIsFreeAndOnlyWhoHasItReleasesIt() {
        one.take(page);
        other.release(page);
        assertThat(other.take(page)).isFalse();
        one.release(page);
        assertThat(other.take(page)).isTrue();
    }

    @LedgerTest
    void aPageOfADeadArchiverIsTakenByAnotherAndNotGivenBack() {
        one.take(page);
        lapse();
        assertThat(other.take(page)).isTrue();
        one.renew();
        assertThat(one.take(page)).isFalse();
    }

    @LedgerTest
    void aRenewedLeaseHolds() {
        one.take(page);
        lapse();
        one.renew();
        assertThat(other.take(page)).isFalse();
    }

    private void lapse() {
        ledger.jdbc.update("update page set worker_until = current_timestamp - interval '1' hour");
    }

    @LedgerTest(Database.H2)
    void atStartWhoeverWorkedIsDeadHoweverFreshTheLease() {
        assertThat(one.take(page)).isTrue();
        other.takeOver();
        assertThat(other.take(page)).isTrue();
    }

    @LedgerTest(Database.POSTGRESQL)
    void atStartWhoeverWorksMayBeAnotherArchiver() {
        assertThat(one.take(page)).isTrue();
        other.takeOver();
        assertThat(other.take(page)).isFalse();
    }
}
