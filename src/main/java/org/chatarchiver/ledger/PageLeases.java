package org.chatarchiver.ledger;

import jakarta.annotation.PostConstruct;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which process has a page in work: of several archivers with one ledger only one works on a page, and one that died loses its pages to
 * the others. Times are the database's, so that the archivers' clocks may differ. How long this process may rely on a lease it knows by
 * itself: from before the database was asked for it, by a clock that goes on while the process is stopped (CLOCK_MONOTONIC on Linux; it
 * stands still only with the whole machine), and with a quarter of the lease to spare. Safe for many threads.
 */
@Component("pageLeases")
public class PageLeases {
    private final JdbcClient jdbc;
    private final boolean embedded;
    private final LeaseProperties lease;
    private final LongSupplier nanoTime;
    private final String end;
    private final String worker = UUID.randomUUID().toString();
    /** Until when this process may rely on its pages' leases, as {@link System#nanoTime}. */
    private final Map<String, Long> reliable = new ConcurrentHashMap<>();
    /** What is to be given back, until the ledger has heard of it; its lock keeps what is taken anew meanwhile. */
    private final Set<String> owed = new HashSet<>();

    @Autowired
    PageLeases(JdbcClient jdbc, RunLeases runLeases, LeaseProperties lease) {
        this(jdbc, runLeases, lease, System::nanoTime);
    }

    PageLeases(JdbcClient jdbc, RunLeases runLeases, LeaseProperties lease, LongSupplier nanoTime) {
        this.jdbc = jdbc;
        this.embedded = runLeases.embedded();
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.end = "current_timestamp + interval '" + lease.duration().toSeconds() + "' second";
    }

    /** No other process has an embedded ledger open: whoever worked on a page is dead. */
    @PostConstruct
    void takeOver() {
        if (embedded) {
            jdbc.sql("update page set worker = null, worker_until = null where worker is not null")
                    .update();
        }
    }

    /** Takes a page for this process, or keeps it; false if another one has it. */
    public boolean take(Page page) {
        synchronized (owed) {
            owed.remove(page.reference());
        }
        return leased(page.reference(), true, () -> jdbc.sql(
                        "update page set worker = ?, worker_until = " + end
                                + " where run = ? and number = ? and (worker is null or worker = ? or worker_until < current_timestamp)")
                .params(worker, page.run(), page.number(), worker)
                .update());
    }

    /** Keeps a page; false if another process has had it meanwhile, even if it is free again. */
    public boolean keep(Page page) {
        return keep(page.run(), page.number());
    }

    private boolean keep(String run, int number) {
        return leased(run + "/" + number, false, () -> jdbc.sql(
                        "update page set worker_until = " + end + " where run = ? and number = ? and worker = ?")
                .params(run, number, worker)
                .update());
    }

    /** @param fresh or what was given back meanwhile is not kept */
    private boolean leased(String reference, boolean fresh, IntSupplier update) {
        long asked = nanoTime.getAsLong();
        boolean leased = update.getAsInt() == 1;
        long until = asked + lease.reliable().toNanos();
        if (leased && fresh) {
            reliable.put(reference, until);
        } else if (leased) {
            reliable.computeIfPresent(reference, (same, before) -> until);
        } else {
            reliable.remove(reference);
        }
        return leased;
    }

    /**
     * Keeps all pages that this process has in work, but for those that another one has had meanwhile; gives those back whose release has
     * failed, as in a restart of the database.
     */
    public void renew() {
        List<String> late;
        synchronized (owed) {
            late = List.copyOf(owed);
        }
        late.forEach(this::giveBack);
        for (String reference : reliable.keySet()) {
            int slash = reference.lastIndexOf('/');
            keep(reference.substring(0, slash), Integer.parseInt(reference.substring(slash + 1)));
        }
    }

    /** Whether other processes may work with this ledger. */
    public boolean isShared() {
        return !embedded;
    }

    /** Whether no other process can have this page by now: nothing may be sent of it otherwise. Asks nobody. */
    public boolean isReliable(Page page) {
        Long until = reliable.get(page.reference());
        return embedded || until != null && nanoTime.getAsLong() - until < 0;
    }

    /** Nothing if another process has it by now. Where the ledger does not answer, {@link #renew} does it later. */
    public void release(Page page) {
        reliable.remove(page.reference());
        synchronized (owed) {
            owed.add(page.reference());
        }
        giveBack(page.reference());
    }

    private void giveBack(String reference) {
        synchronized (owed) {
            if (owed.contains(reference)) {
                int slash = reference.lastIndexOf('/');
                jdbc.sql(
                                "update page set worker = null, worker_until = null where run = ? and number = ? and worker = ?")
                        .params(reference.substring(0, slash), Integer.parseInt(reference.substring(slash + 1)), worker)
                        .update();
                owed.remove(reference);
            }
        }
    }
}
