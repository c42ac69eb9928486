package org.chatarchiver.security;

import java.time.Duration;
import org.chatarchiver.ledger.BackgroundTurns;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/** Has the sessions that are over removed each minute, by one archiver of those with one ledger: the one that has done it before. */
final class SessionCleaning implements SmartLifecycle, DisposableBean {
    static final String TASK = "sessions";

    private static final Logger LOG = LoggerFactory.getLogger(SessionCleaning.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final TaskLeases tasks;
    private final Runnable cleaning;
    private final BackgroundTurns turns = new BackgroundTurns("session-cleaning", PERIOD, PERIOD, this::clean);

    SessionCleaning(TaskLeases tasks, Runnable cleaning) {
        this.tasks = tasks;
        this.cleaning = cleaning;
    }

    @Override
    public void start() {
        turns.start();
    }

    /** Whatever is thrown would end the scheduling; the next time may go well. The task is kept, and renewed with the others. */
    void clean() {
        try {
            if (tasks.take(TASK)) {
                cleaning.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("Sessions that are over could not be removed: {}", Printable.of(e.toString()));
        }
    }

    @Override
    public void stop() {
        turns.stop();
    }

    /** A start that is refused behind this one stops nothing. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return !turns.areStopped();
    }
}
