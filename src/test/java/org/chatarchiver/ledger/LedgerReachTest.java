package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.chatarchiver.MovableClock;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LedgerReachTest {
    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final Database database = new Database();
    private final LedgerReach ledger = new LedgerReach(database, clock);

    /** One that can be out, and counts who comes. */
    private static final class Database extends DelegatingDataSource {
        private int asked;
        private boolean out;

        Database() {
            super(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()));
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (out) {
                throw new SQLException("Connection refused");
            }
            return super.getConnection();
        }
    }

    @Test
    void anOutageIsWaitedForOnceAndAskedForAgainSomeSecondsLater() {
        database.out = true;
        for (int i = 0; i < 5; i++) {
            assertThat((Throwable) ledger.now().trouble()).hasMessage("Connection refused");
        }
        assertThat(database.asked).isEqualTo(1);

        clock.pass(LedgerReach.REMEMBERED);
        assertThat(ledger.now().isThere()).isFalse();
        assertThat(database.asked).isEqualTo(2);
    }

    @Test
    void whetherItIsThereIsAskedEachTimeSoThatNothingIsCalledWellThatIsNot() {
        assertThat(ledger.now().product()).isEqualTo("H2");
        database.out = true;
        assertThat(ledger.now().isThere()).isFalse();
        database.out = false;
        clock.pass(LedgerReach.REMEMBERED);
        assertThat(ledger.now().isThere()).isTrue();
    }
}
