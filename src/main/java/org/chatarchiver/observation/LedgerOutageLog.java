package org.chatarchiver.observation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.message.Printable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * While the ledger is out of reach, whatever needs it fails several times a second, and is written down with a trace each time. In place
 * of these lines there is one a minute, which says so and how many were left out; lines of anything else are let pass.
 */
@Component
final class LedgerOutageLog extends TurboFilter {
    static final Duration EACH = Duration.ofMinutes(1);

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LedgerOutageLog.class);
    private static final int DEEPEST = 20;
    /** Classes of SQLSTATE: connection exception (ISO 9075), and PostgreSQL's operator intervention with a shutdown in it. */
    private static final String CONNECTION = "08";

    private static final String SHUTDOWN = "57P0";
    /** What HikariCP says, without an SQLSTATE, of a connection that it has dropped in the middle of a transaction. */
    private static final String CLOSED = "Connection is closed";

    private final Clock clock;
    private final LoggerContext lines;
    private Instant next = Instant.MIN;
    private long leftOut;

    LedgerOutageLog(Clock clock) {
        this.clock = clock;
        this.lines = (LoggerContext) LoggerFactory.getILoggerFactory();
        setName("ledger-outage");
    }

    /** Not before: what ends a start is tried again by nobody, and is written down whole. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        lines.addTurboFilter(this);
    }

    /** Logback would take out all turbo filters at once, or none. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        lines.getTurboFilterList().remove(this);
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        SQLException trouble = outOfReach(thrown == null ? last(arguments) : thrown);
        if (trouble == null) {
            return FilterReply.NEUTRAL;
        }
        tell(trouble);
        return FilterReply.DENY;
    }

    /** What Logback takes for the exception of a line with arguments. */
    private static Throwable last(Object... arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable thrown
                ? thrown
                : null;
    }

    private static SQLException outOfReach(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            if (cause instanceof SQLException sql && isConnection(sql)) {
                return sql;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static boolean isConnection(SQLException trouble) {
        String state = String.valueOf(trouble.getSQLState());
        return trouble instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION)
                || state.startsWith(SHUTDOWN)
                || CLOSED.equals(trouble.getMessage());
    }

    private void tell(SQLException trouble) {
        long others;
        synchronized (this) {
            if (clock.instant().isBefore(next)) {
                leftOut++;
                return;
            }
            next = clock.instant().plus(EACH);
            others = leftOut;
            leftOut = 0;
        }
        LOG.error(
                "The ledger is out of reach, and whatever needs it is tried again: {} (as {} lines before that were left out)",
                Printable.of(trouble.getMessage()),
                others);
    }
}
