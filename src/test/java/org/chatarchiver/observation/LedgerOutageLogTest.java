package org.chatarchiver.observation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class LedgerOutageLogTest {
    private static final SQLException AWAY = new SQLTransientConnectionException("timed out after 30000ms");

    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final LedgerOutageLog filter = new LedgerOutageLog(clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("org.chatarchiver");
    private final Logger log = (Logger) LoggerFactory.getLogger("org.chatarchiver.Whoever");

    @BeforeEach
    void begin() {
        root.setLevel(Level.INFO);
        lines.start();
        root.addAppender(lines);
        filter.begin();
    }

    @AfterEach
    void end() {
        filter.end();
        root.detachAppender(lines);
        root.setLevel(null);
    }

    private List<String> written() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void whateverFailsForWantOfTheLedgerIsOneLineAMinuteWithoutATrace() {
        for (int i = 0; i < 50; i++) {
            log.warn("Error processing exchange", new CannotGetJdbcConnectionException("no connection", AWAY));
            log.error("Failed {}", i, new CannotCreateTransactionException("no transaction", AWAY));
        }
        assertThat(written()).singleElement().asString().contains("timed out after 30000ms", "as 0 lines");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();

        clock.pass(LedgerOutageLog.EACH);
        log.warn("Error processing exchange", new SQLException("the server has been shut down", "57P01"));

        assertThat(written()).hasSize(2);
        assertThat(written().get(1)).contains("the server has been shut down", "as 99 lines");
    }

    /** As where a transaction is taken back whose connection the pool has dropped under it. */
    @Test
    void aConnectionThatThePoolHasDroppedIsTheLedgersOutageToo() {
        log.warn(
                "Error processing exchange",
                new TransactionSystemException("no rollback", new SQLException("Connection is closed")));

        assertThat(written()).singleElement().asString().contains("The ledger is out of reach");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }

    @Test
    void anythingElseIsWrittenAsItIs() {
        log.warn("A row is there twice", new SQLException("unique", "23505"));
        log.error("Failed", new IllegalStateException("no cause"));
        log.info("All is well");

        assertThat(written()).containsExactly("A row is there twice", "Failed", "All is well");
    }

    @Test
    void afterItsEndNothingIsLeftOut() {
        filter.end();

        log.warn("Error processing exchange", AWAY);

        assertThat(written()).containsExactly("Error processing exchange");
    }
}
