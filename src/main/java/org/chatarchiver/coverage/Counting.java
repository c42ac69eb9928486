package org.chatarchiver.coverage;

import java.time.Duration;
import org.chatarchiver.ledger.BackgroundTurns;
import org.chatarchiver.ledger.CaptureCounts;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.UnmappedPeople;
import org.chatarchiver.message.PartyIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what coverage is told from, half a minute or so behind the archiving, by one archiver at a time. On a thread of its own. */
@Component
class Counting {
    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final String TASK = "coverage";
    /** Grouping takes at most so small a part of the time, however many entries are open. */
    private static final int REST = 50;

    private final CaptureCounts captures;
    private final UnmappedPeople people;
    private final PartyIds ids;
    private final TaskLeases tasks;
    private final BackgroundTurns turns = new BackgroundTurns("coverage", PAUSE, PAUSE, this::count);
    private long regroupAt = System.nanoTime();
    private volatile boolean warned;

    Counting(CaptureCounts captures, UnmappedPeople people, PartyIds ids, TaskLeases tasks) {
        this.captures = captures;
        this.people = people;
        this.ids = ids;
        this.tasks = tasks;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        turns.start();
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        turns.stop();
    }

    /** Nothing may come out of it: what does ends all that is still to come. */
    private void count() {
        try {
            if (tasks.take(TASK)) {
                while (!turns.areStopped() && captures.fold()) {
                    LOG.debug("Captures are counted");
                }
                if (!turns.areStopped() && System.nanoTime() - regroupAt >= 0) {
                    long begun = System.nanoTime();
                    regroup();
                    regroupAt = System.nanoTime() + REST * (System.nanoTime() - begun);
                }
            }
            warned = false;
        } catch (RuntimeException | Error e) {
            if (warned || turns.areStopped()) {
                LOG.debug("Coverage cannot be counted", e);
            } else {
                LOG.warn("Coverage cannot be counted: GET /api/coverage stays as it is; tried again", e);
            }
            warned = true;
        }
    }

    private void regroup() {
        people.regroup(id -> ids.received(id).key());
    }
}
