package org.chatarchiver.msexchange.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many calls through at a time for each mailbox and so many in all, and none where the server has asked for a pause. Whoever
 * waits longest is served first, unless its mailbox is at its limit.
 */
final class EwsGate {
    private final int perMailbox;
    private final int inAll;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> passes = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private final Map<String, Long> throttledUntil = new HashMap<>();
    private Long allThrottledUntil;
    private int open;
    private boolean closed;

    /** @param patience how long a call may wait */
    EwsGate(int perMailbox, int inAll, Duration patience) {
        this.perMailbox = perMailbox;
        this.inAll = inAll;
        this.patience = patience;
    }

    private final class Waiter {
        private final String mailbox;
        private final Condition served = lock.newCondition();
        private boolean granted;

        private Waiter(String mailbox) {
            this.mailbox = mailbox;
        }
    }

    /** One call, until it is closed. */
    final class Pass implements AutoCloseable {
        private final String mailbox;

        private Pass(String mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        public void close() {
            leave(mailbox);
        }
    }

    /** @throws TroubleException {@link Fault#THROTTLED} at once, {@link Fault#BUSY} after a wait */
    Pass enter(String address) throws TroubleException {
        String mailbox = key(address);
        lock.lock();
        try {
            refuseThrottled(allThrottledUntil);
            refuseThrottled(throttledUntil.get(mailbox));
            Waiter waiter = new Waiter(mailbox);
            waiters.add(waiter);
            serve();
            long left = patience.toNanos();
            while (!waiter.granted) {
                if (closed || left <= 0) {
                    waiters.remove(waiter);
                    throw closed
                            ? Trouble.passing(Fault.UNAVAILABLE, "closed").thrown()
                            : Trouble.passing(Fault.BUSY, "no free connection for " + patience)
                                    .thrown();
                }
                left = await(waiter, left);
            }
            return new Pass(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private long await(Waiter waiter, long nanos) throws TroubleException {
        try {
            return waiter.served.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiters.remove(waiter);
            if (waiter.granted) {
                leave(waiter.mailbox);
            }
            throw Trouble.passing(Fault.UNAVAILABLE, "interrupted").thrown();
        }
    }

    private static void refuseThrottled(Long until) throws TroubleException {
        long left = until == null ? 0 : until - System.nanoTime();
        if (left > 0) {
            throw Trouble.passing(Fault.THROTTLED, Duration.ofNanos(left), "waiting as the server asked")
                    .thrown();
        }
    }

    private void serve() {
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext() && open < inAll && !closed; ) {
            Waiter waiter = all.next();
            if (passes.getOrDefault(waiter.mailbox, 0) < perMailbox) {
                passes.merge(waiter.mailbox, 1, Integer::sum);
                open++;
                waiter.granted = true;
                waiter.served.signal();
                all.remove();
            }
        }
    }

    private void leave(String mailbox) {
        lock.lock();
        try {
            open--;
            passes.computeIfPresent(mailbox, (key, count) -> count == 1 ? null : count - 1);
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no call through to this mailbox for that time. */
    void throttle(String mailbox, Duration delay) {
        lock.lock();
        try {
            throttledUntil.values().removeIf(until -> until - System.nanoTime() <= 0);
            throttledUntil.merge(key(mailbox), System.nanoTime() + delay.toNanos(), EwsGate::later);
        } finally {
            lock.unlock();
        }
    }

    /** Lets no call through at all for that time. */
    void throttleAll(Duration delay) {
        lock.lock();
        try {
            long until = System.nanoTime() + delay.toNanos();
            allThrottledUntil = allThrottledUntil == null ? until : later(allThrottledUntil, until);
        } finally {
            lock.unlock();
        }
    }

    private static Long later(Long one, Long other) {
        return one - other > 0 ? one : other;
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }

    /** Whoever waits is sent away. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.served.signal());
        } finally {
            lock.unlock();
        }
    }
}
