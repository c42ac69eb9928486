package org.chatarchiver.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Remembers whether the broker can be reached, and why not. Safe for many threads. */
final class BrokerState {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerState.class);
    private static final Duration SAID = Duration.ofMinutes(1);
    private static final Duration REFUSED = Duration.ofSeconds(30);
    private static final String BROKER = "broker";

    private final Alarms alarms;
    private final Clock clock;
    private Out out;
    private Out refusal;
    private Instant said = Instant.MIN;
    private boolean told;

    /**
     * @param why one sentence, printable
     * @param last when it was found so the last time
     */
    record Out(String why, Instant since, Instant last) {}

    BrokerState(Alarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Whether there is no connection. */
    synchronized Optional<Out> out() {
        return Optional.ofNullable(out);
    }

    /** Whether it cannot be used, with a connection or without. */
    synchronized Optional<Out> trouble() {
        return out().or(this::refused);
    }

    synchronized void out(Throwable error) {
        Instant now = clock.instant();
        String why = Printable.of(sentence(error));
        out = new Out(why, out == null ? now : out.since(), now);
        boolean tell = tell(now);
        told |= tell;
        LOG.atLevel(tell ? Level.WARN : Level.DEBUG)
                .log("The broker of the page queue cannot be used, and pages wait in the ledger: {}", why);
        alarms.raise(AlertCause.BROKER_OUTAGE, BROKER, "Pages wait in the ledger: " + why);
    }

    synchronized void back() {
        if (out != null) {
            LOG.atLevel(told ? Level.INFO : Level.DEBUG)
                    .log(
                            "The broker of the page queue is back after {}",
                            Duration.ofSeconds(Duration.between(out.since(), clock.instant())
                                    .toSeconds()));
            told = false;
            out = null;
            alarms.clear(AlertCause.BROKER_OUTAGE, BROKER);
        }
    }

    private boolean tell(Instant now) {
        if (now.isBefore(said)) {
            return false;
        }
        said = now.plus(SAID);
        return true;
    }

    /**
     * A connection that stands is of no use, as where the queue is missing or may not be used. It is found so every few seconds, with a new
     * connection in between, and counts until it has not been for some time.
     */
    synchronized void refused(Exception error) {
        Instant now = clock.instant();
        String why = Printable.of(sentence(error));
        refusal = new Out(why, refused().map(Out::since).orElse(now), now);
        LOG.atLevel(tell(now) ? Level.WARN : Level.DEBUG)
                .log("The broker of the page queue refuses, and pages wait in the ledger: {}", why);
    }

    private Optional<Out> refused() {
        return Optional.ofNullable(refusal)
                .filter(known -> clock.instant().isBefore(known.last().plus(REFUSED)));
    }

    /** Qpid says in the cause what it leaves out of the message, and the other way round. */
    private static String sentence(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String first = String.valueOf(error.getMessage());
        String last = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return first.contains(last) ? first : first + " (" + last + ")";
    }
}
