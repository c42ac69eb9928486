package org.chatarchiver.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Whether the ledger answers. Who shows much of it asks here first: where it does not, that is remembered for some seconds, so that its
 * time-out is waited for once and not for each question. Safe for many threads; they wait for the one that asks.
 */
@Component
public class LedgerReach {
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int SECONDS = 5;

    private final DataSource database;
    private final Clock clock;
    private Answer last = new Answer("", null);
    private Instant until = Instant.MIN;

    LedgerReach(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param product the name of the database; empty where it does not answer
     * @param trouble why it does not; null where it does
     */
    public record Answer(String product, SQLException trouble) {
        public boolean isThere() {
            return trouble == null;
        }
    }

    public synchronized Answer now() {
        if (last.isThere() || !clock.instant().isBefore(until)) {
            last = asked();
            until = clock.instant().plus(REMEMBERED);
        }
        return last;
    }

    /** Whether it did not answer some seconds ago; asks nothing. */
    public synchronized boolean isKnownOut() {
        return !last.isThere() && clock.instant().isBefore(until);
    }

    /** Somebody else has waited for it in vain. */
    public synchronized void missed(SQLException trouble) {
        last = new Answer("", trouble);
        until = clock.instant().plus(REMEMBERED);
    }

    private Answer asked() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(SECONDS)
                    ? new Answer(connection.getMetaData().getDatabaseProductName(), null)
                    : new Answer("", new SQLException("It has not answered within " + SECONDS + " seconds"));
        } catch (SQLException e) {
            return new Answer("", e);
        }
    }
}
