package org.chatarchiver.collect;

import java.time.Duration;
import org.chatarchiver.ledger.BackgroundTurns;
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
    private final BackgroundTurns turns;

    @Autowired
    LeaseRenewal(Leases runs, PageLeases pages, TaskLeases tasks, LeaseProperties lease) {
        this(runs, pages, tasks, lease.renewal().compareTo(OF_RUNS) < 0 ? lease.renewal() : OF_RUNS);
    }

    LeaseRenewal(Leases runs, PageLeases pages, TaskLeases tasks, Duration period) {
        this.runs = runs;
        this.pages = pages;
        this.tasks = tasks;
        this.turns = new BackgroundTurns("lease-renewal", period, period, this::renew);
    }

    @Override
    public void start() {
        turns.start();
    }

    private void renew() {
        renew("runs", runs::renew);
        renew("pages", pages::renew);
        renew("tasks", tasks::renew);
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

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
