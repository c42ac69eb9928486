package org.chatarchiver.ledger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Work behind the archiving, one turn after another on a thread of its own, which ends with the process. Safe for many threads; a turn in
 * work goes on when it is stopped, unless it asks {@link #areStopped}.
 */
public final class BackgroundTurns {
    private final CustomizableThreadFactory threads;
    private final Duration first;
    private final Duration pause;
    private final Runnable turn;
    private ScheduledExecutorService thread;

    /**
     * @param name begins that of the thread
     * @param first time before the first turn
     * @param pause time from the end of a turn to the next
     * @param turn nothing may come out of it: what does ends all that is still to come
     */
    public BackgroundTurns(String name, Duration first, Duration pause, Runnable turn) {
        this.threads = new CustomizableThreadFactory(name + "-");
        this.threads.setDaemon(true);
        this.first = first;
        this.pause = pause;
        this.turn = turn;
    }

    /** Once, however often it is called. */
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(threads);
            thread.scheduleWithFixedDelay(turn, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    public synchronized void stop() {
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    public synchronized boolean areStopped() {
        return thread == null;
    }
}
