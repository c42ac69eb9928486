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
import java.util.function.BiPredicate;

/**
 * Lets calls through, each of which makes one request, or has one connection, at a time: so many for a mailbox and so many in all. Whoever waits longest comes
 * first, unless its mailbox is at its limit. Nothing is let through to whom the server has asked to wait.
 */
public final class ConnectionLimiter {
    private final int perMailbox;
    private final int inAll;
    private final Duration patience;
    private final BiPredicate<String, Integer> ready;
    private final Slots slots;
    private final boolean slotForCall;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> used = new HashMap<>();
    private final Map<String, Long> throttledUntil = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int usedInAll;
    private boolean closed;

    /** Of calls that each have a slot of their mailbox for as long as they last. */
    public ConnectionLimiter(int perMailbox, ConnectionSettings settings) {
        this(perMailbox, settings, (mailbox, used) -> true, true);
    }

    /**
     * Of calls whose connections have the slots.
     *
     * @param ready whether a mailbox, in lower case, is to have another call beside so many; asked again whenever a call has ended, under
     *     the gate's lock
     */
    public ConnectionLimiter(ConnectionSettings settings, BiPredicate<String, Integer> ready) {
        this(settings.perMailbox(), settings, ready, false);
    }

    private ConnectionLimiter(
            int perMailbox, ConnectionSettings settings, BiPredicate<String, Integer> ready, boolean slotForCall) {
        this.perMailbox = perMailbox;
        this.inAll = settings.inAll();
        this.patience = settings.leaseTimeout();
        this.ready = ready;
        this.slots = settings.slots();
        this.slotForCall = slotForCall;
    }

    private final class Waiter {
        private final String mailbox;
        private final Condition served = lock.newCondition();
        private boolean granted;

        private Waiter(String mailbox) {
            this.mailbox = mailbox;
        }
    }

    /** The permission of one call, until it is closed. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws TransportException {@link Fault#THROTTLED} at once, {@link Fault#BUSY} after a wait, or where other processes have all slots */
    public Pass enter(String address) throws TransportException {
        String mailbox = address.toLowerCase(Locale.ROOT);
        slots.refuseThrottled(mailbox);
        Pass pass = pass(mailbox);
        if (!slotForCall) {
            return pass;
        }
        boolean entered = false;
        try {
            Slots.Slot slot = slots.take(mailbox, perMailbox);
            entered = true;
            return () -> {
                slot.close();
                pass.close();
            };
        } finally {
            if (!entered) {
                pass.close();
            }
        }
    }

    private Pass pass(String mailbox) throws TransportException {
        lock.lock();
        try {
            refuseThrottled(mailbox);
            Waiter waiter = new Waiter(mailbox);
            waiters.add(waiter);
            serve();
            try {
                await(waiter);
            } finally {
                waiters.remove(waiter);
            }
            return () -> leave(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiter waiter) throws TransportException {
        long left = patience.toNanos();
        while (!waiter.granted) {
            if (closed) {
                throw TransportError.passing(Fault.UNAVAILABLE, "closed").thrown();
            }
            if (left <= 0) {
                throw TransportError.soon(Fault.BUSY, "no free connection for " + patience)
                        .thrown();
            }
            try {
                left = waiter.served.awaitNanos(left);
            } catch (InterruptedException e) {
                // A grant that came at the same time is used: what it is used for is interrupted in its turn.
                Thread.currentThread().interrupt();
                if (!waiter.granted) {
                    throw TransportError.passing(Fault.UNAVAILABLE, "interrupted")
                            .thrown();
                }
            }
        }
    }

    private void leave(String mailbox) {
        lock.lock();
        try {
            release(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private void release(String mailbox) {
        usedInAll--;
        used.computeIfPresent(mailbox, (key, count) -> count == 1 ? null : count - 1);
        serve();
    }

    private void serve() {
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext() && usedInAll < inAll && !closed; ) {
            Waiter waiter = all.next();
            int calls = used.getOrDefault(waiter.mailbox, 0);
            if (calls < perMailbox && ready.test(waiter.mailbox, calls)) {
                usedInAll++;
                used.merge(waiter.mailbox, 1, Integer::sum);
                waiter.granted = true;
                waiter.served.signal();
                all.remove();
            }
        }
    }

    /** Lets no call through to this mailbox for the time that the server asked for, nor do other processes. */
    public void throttle(String mailbox, Duration delay) {
        String key = mailbox.toLowerCase(Locale.ROOT);
        holdBack(key, delay);
        slots.throttle(key, delay);
    }

    private void holdBack(String key, Duration delay) {
        lock.lock();
        try {
            long now = System.nanoTime();
            throttledUntil.values().removeIf(until -> until - now <= 0);
            throttledUntil.merge(key, now + delay.toNanos(), (a, b) -> a - b > 0 ? a : b);
        } finally {
            lock.unlock();
        }
    }

    private void refuseThrottled(String mailbox) throws TransportException {
        long now = System.nanoTime();
        long left = throttledUntil.getOrDefault(mailbox, now) - now;
        if (left > 0) {
            throw TransportError.asked(Fault.THROTTLED, Duration.ofNanos(left), "waiting as the server asked")
                    .thrown();
        }
    }

    /** Whoever waits is sent away. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.served.signal());
        } finally {
            lock.unlock();
        }
    }
}
