package org.chatarchiver.ledger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a start wait for a PostgreSQL that is down, or not up yet, as after a failure of power that has ended both. What waiting does not
 * mend, such as a wrong password, refuses the start as ever. No port is open before, so that the log says what is waited for, once a minute.
 */
final class LedgerWait {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWait.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String CONNECTION = "08";
    private static final String REJECTED = "08004";
    /** Starting up or shutting down, and more connections than it takes: cannot_connect_now and its neighbours in PostgreSQL's appendix A. */
    private static final Set<String> PASSES = Set.of("57P01", "57P02", "57P03", "53300");

    private LedgerWait() {}

    /**
     * Returns when the ledger has answered, or has refused for good; at once for an embedded one. Ends with the process that is stopped.
     *
     * @throws IllegalStateException where the process is stopped meanwhile
     */
    static void until(HikariDataSource ledger) {
        if (ledger.getJdbcUrl() != null && ledger.getJdbcUrl().startsWith(POSTGRESQL)) {
            waitFor(single(ledger));
        }
    }

    /** What the pool would connect by; the pool itself logs a stack trace for each try in vain. */
    private static DataSource single(HikariDataSource pool) {
        DriverDataSource single = new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword());
        try {
            single.setLoginTimeout(
                    (int) Duration.ofMillis(pool.getConnectionTimeout()).toSeconds());
        } catch (SQLException e) {
            throw new IllegalStateException("The driver of the ledger takes no time-out", e);
        }
        return single;
    }

    private static void waitFor(DataSource ledger) {
        SQLException trouble = trouble(ledger);
        if (!passes(trouble)) {
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        // Spring's own hook waits for the start to end.
        Thread hook = new Thread(stopped::countDown, "ledger-wait-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            untilItPasses(ledger, trouble, stopped);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted while it waited for the ledger", e);
        }
    }

    private static void untilItPasses(DataSource ledger, SQLException first, CountDownLatch stopped)
            throws InterruptedException {
        SQLException trouble = first;
        long words = System.nanoTime() - BETWEEN_WORDS.toNanos();
        while (passes(trouble)) {
            if (System.nanoTime() - words >= BETWEEN_WORDS.toNanos()) {
                words = System.nanoTime();
                LOG.warn(
                        "The start waits for the ledger (spring.datasource.url), which does not answer and is asked every {} s: {}",
                        BETWEEN_TRIES.toSeconds(),
                        Printable.of(String.valueOf(trouble.getMessage())));
            }
            if (stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The archiver was stopped while it waited for the ledger");
            }
            trouble = trouble(ledger);
        }
        LOG.info("The ledger answers; the start goes on");
    }

    private static SQLException trouble(DataSource ledger) {
        try (Connection connection = ledger.getConnection()) {
            connection.getMetaData().getDatabaseProductVersion();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private static boolean passes(SQLException trouble) {
        String state = trouble == null ? null : trouble.getSQLState();
        return state != null && (PASSES.contains(state) || state.startsWith(CONNECTION) && !state.equals(REJECTED));
    }
}
