package org.chatarchiver.collect;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.observation.WorkFields;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The runs that poll in this process: their leases are renewed while they do, and given back when the archiver stops. A run that was
 * cancelled, or that another process has taken up, is told to stop; one whose connector is paused, to give way: between two pages, or
 * where it waits. Safe for many threads.
 */
@Component("leases")
public class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final RunLeases leases;
    private final Object ended = new Object();
    private final Map<String, Held> polling = new ConcurrentHashMap<>();
    private final ThreadLocal<Boolean> isPoll = ThreadLocal.withInitial(() -> false);

    Leases(RunLeases leases) {
        this.leases = leases;
    }

    /** A run that polls: by which thread, once one has it. */
    private static final class Held {
        final Run run;
        final CountDownLatch patience = new CountDownLatch(1);
        volatile boolean stopped;
        volatile boolean givesWay;
        volatile Thread poll;

        Held(Run run) {
            this.run = run;
        }

        void stop() {
            stopped = true;
            patience.countDown();
        }

        void giveWay() {
            givesWay = true;
            patience.countDown();
        }
    }

    /** A run that is opened by a poll is that poll's next one. */
    void hold(Run run) {
        Held held = new Held(run);
        if (isPoll.get()) {
            held.poll = Thread.currentThread();
        }
        polling.putIfAbsent(run.id(), held);
    }

    /** This thread polls from now on, beginning with a run that is held. */
    void begin(String run) {
        isPoll.set(true);
        Held held = polling.get(run);
        if (held != null) {
            held.poll = Thread.currentThread();
        }
    }

    /** Whether this process has a poll of the run at work, even one that is about to stop. */
    public boolean polls(String run) {
        return polling.containsKey(run);
    }

    /** How many runs of a connector poll here. */
    int polling(String connector) {
        return (int) polling.values().stream()
                .filter(held -> held.run.connector().equals(connector))
                .count();
    }

    /** The run's poll has ended: whatever happens now, its lease is no longer renewed. */
    void leave(String run) {
        Held held = polling.remove(run);
        if (held != null) {
            held.stop();
        }
        tellEnded();
    }

    private void tellEnded() {
        synchronized (ended) {
            ended.notifyAll();
        }
    }

    /** This thread polls no longer. A run that it holds still was left by its route, and whoever comes next may have its lease. */
    void end() {
        isPoll.remove();
        polling.forEach((run, held) -> {
            if (held.poll == Thread.currentThread() && polling.remove(run, held)) {
                held.stop();
                if (held.givesWay) {
                    LOG.info("Run {} gives way: its connector is paused, and it goes on when that is resumed", run);
                } else {
                    LOG.warn("Run {} was left by its route before it ended; it goes on when it is taken up again", run);
                }
                leases.release(run);
            }
        });
        tellEnded();
    }

    /** The run's poll has ended, and whoever comes next may have the lease. */
    public void giveUp(String run) {
        leave(run);
        leases.release(run);
    }

    /** Tells the run's poll to stop, if it is at work here. */
    void stop(String run) {
        Held held = polling.get(run);
        if (held != null) {
            held.stop();
        }
    }

    /** Waits until no poll is at work here; false where it takes longer than that. */
    boolean rest(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        synchronized (ended) {
            while (!polling.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    ended.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** Tells each poll at work here to stop. */
    void stopAll() {
        polling.keySet().forEach(this::stop);
    }

    /** Keeps the leases of the runs that poll here, and heeds pauses; called far more often than leases last. */
    public void renew() {
        for (String run : polling.keySet()) {
            if (!leases.renew(run)) {
                stop(run);
            }
        }
        heedPauses();
    }

    /** Has the polls of paused connectors give way, those too that wait for the feed. */
    void heedPauses() {
        polling.keySet().forEach(this::givesWay);
    }

    /** Whether the run's poll is to end behind the page at hand, since its connector is paused, or was. */
    boolean givesWay(String run) {
        Held held = polling.get(run);
        if (held != null && !held.givesWay && leases.isPaused(run)) {
            held.giveWay();
        }
        return held != null && held.givesWay;
    }

    /** Whether the run still polls here, as the ledger has it; its lease is renewed. */
    boolean keeps(String run) {
        return goesOn(run) && leases.renew(run);
    }

    /** Whether the run polls here and has not been told to stop, as far as this process knows. */
    boolean goesOn(String run) {
        Held held = polling.get(run);
        return held != null && !held.stopped;
    }

    /** @throws FeedRefusedException {@code RUN_INTERRUPTED} where the run has been told to stop */
    void check(String run) throws FeedRefusedException {
        if (!goesOn(run)) {
            throw new FeedRefusedException(Reason.RUN_INTERRUPTED, "The poll was told to stop");
        }
    }

    /** Waits; false at once where the run is told to stop or to give way. */
    boolean sit(String run, Duration pause) throws InterruptedException {
        Held held = polling.get(run);
        return held != null && !held.patience.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PostConstruct
    void takeOver() {
        leases.freeThoseOfADeadProcess();
    }

    /**
     * Before Camel stops, which waits for a poll at work, such as one that sits out a pause the feed has asked for: a page that still
     * lands is archived, and then finds its lease gone. And once more when all has stopped, for a run that opened meanwhile.
     */
    @EventListener(ContextClosedEvent.class)
    @PreDestroy
    public void giveBack() {
        polling.forEach((run, held) -> {
            if (!held.stopped) {
                held.stop();
                leases.release(run);
                WorkFields.within(
                        held.run.connector(),
                        run,
                        () -> LOG.info(
                                "Run {} is interrupted, since the archiver stops; it goes on after the next start",
                                run));
            }
        });
    }
}
