package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class PageLeasesTest extends LedgerContract {
    final PageLeases one;
    final PageLeases other;
    final AtomicLong nanos = new AtomicLong();
    Page page;

    PageLeasesTest(TestLedger ledger) {
        super(ledger);
        one = leases();
        other = leases();
    }

    private PageLeases leases() {
        return new PageLeases(
                JdbcClient.create(ledger.jdbc),
                ledger.runLeases,
                new LeaseProperties(Duration.ofMinutes(2)),
                nanos::get);
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
    void whatCouldNotBeGivenBackInAnOutageIsWithTheNextRenewal() {
        PageLeases cutOff = releasedInAnOutage();
        assertThat(other.take(page)).isFalse();

        cutOff.renew();

        assertThat(other.take(page)).isTrue();
    }

    @LedgerTest
    void whatIsTakenAnewIsNotGivenBackLate() {
        PageLeases cutOff = releasedInAnOutage();
        assertThat(cutOff.take(page)).isTrue();

        cutOff.renew();

        assertThat(other.take(page)).isFalse();
    }

    private PageLeases releasedInAnOutage() {
        AtomicBoolean out = new AtomicBoolean();
        PageLeases cutOff = new PageLeases(
                JdbcClient.create(new DelegatingDataSource(ledger.jdbc.getDataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (out.get()) {
                            throw new SQLTransientConnectionException("The database restarts");
                        }
                        return super.getConnection();
                    }
                }),
                ledger.runLeases,
                new LeaseProperties(Duration.ofMinutes(2)),
                nanos::get);
        cutOff.take(page);
        out.set(true);
        assertThatThrownBy(() -> cutOff.release(page)).isInstanceOf(DataAccessException.class);
        out.set(false);
        return cutOff;
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

    @LedgerTest(Database.POSTGRESQL)
    void itsHolderReliesOnALeaseForThreeQuartersOfItAndOnARenewedOneAnew() {
        one.take(page);
        pass(89);
        assertThat(one.isReliable(page)).isTrue();
        one.renew();
        pass(89);
        assertThat(one.isReliable(page)).isTrue();
        pass(1);
        assertThat(one.isReliable(page)).isFalse();
    }

    @LedgerTest(Database.POSTGRESQL)
    void theTimeThatTheDatabaseTakesToAnswerIsNotReliedOn() {
        PageLeases slow = new PageLeases(
                JdbcClient.create(ledger.jdbc),
                ledger.runLeases,
                new LeaseProperties(Duration.ofMinutes(2)),
                () -> nanos.getAndAdd(Duration.ofSeconds(60).toNanos()));
        slow.take(page);
        assertThat(slow.isReliable(page)).isTrue();
        assertThat(slow.isReliable(page)).isFalse();
    }

    @LedgerTest(Database.POSTGRESQL)
    void nobodyReliesOnALeaseThatAnotherArchiverHasTakenOrThatWasReleased() {
        one.take(page);
        lapse();
        other.take(page);
        one.renew();
        assertThat(one.isReliable(page)).isFalse();
        assertThat(one.keep(page)).isFalse();
        assertThat(other.isReliable(page)).isTrue();
        other.release(page);
        assertThat(other.isReliable(page)).isFalse();
    }

    @LedgerTest(Database.H2)
    void anEmbeddedLedgerIsReliedOnWithoutEnd() {
        one.take(page);
        pass(3_600);
        assertThat(one.isReliable(page)).isTrue();
        assertThat(one.keep(page)).isTrue();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
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
