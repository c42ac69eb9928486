package org.chatarchiver.collect;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.ledger.LeaseProperties;
import org.chatarchiver.ledger.PageLeases;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the leases of what is in work here, in a thread of its own: neither a route that is stopped or broken nor other work that takes
 * long lets them lapse while something is being sent. Begins before the routes and ends behind them.
 */
@Component
public class LeaseRenewal implements SmartLifecycle, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);

    /** Seven may fail before a run's lease lapses. */
    private static final Duration OF_RUNS = RunLeases.LEASE.dividedBy(8);

    private final Leases runs;
    private final PageLeases pages;
    private final TaskLeases tasks;
    private final Duration period;
    private ScheduledExecutorService thread;

    @Autowired
    LeaseRenewal(Leases runs, PageLeases pages, TaskLeases tasks, LeaseProperties lease) {
        this(runs, pages, tasks, lease.renewal().compareTo(OF_RUNS) < 0 ? lease.renewal() : OF_RUNS);
    }

    LeaseRenewal(Leases runs, PageLeases pages, TaskLeases tasks, Duration period) {
        this.runs = runs;
        this.pages = pages;
        this.tasks = tasks;
        this.period = period;
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread renewal = new Thread(task, "lease-renewal");
            renewal.setDaemon(true);
            return renewal;
        });
        thread.scheduleWithFixedDelay(
                () -> {
                    renew("runs", runs::renew);
                    renew("pages", pages::renew);
                    renew("tasks", tasks::renew);
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whatever is thrown would end the scheduling, without a word; the next time may go well. */
    private static void renew(String what, Runnable leases) {
        try {
            leases.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The leases of {} could not be renewed: {}", what, Printable.of(e.toString()));
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    /** A start that is refused behind this one stops nothing. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
