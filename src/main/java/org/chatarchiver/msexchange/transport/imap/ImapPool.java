package org.chatarchiver.msexchange.transport.imap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Trouble;
import org.chatarchiver.msexchange.transport.TroubleException;

/**
 * Connections by mailbox, within a limit for each mailbox and one for all. Whoever waits longest is served first, unless its mailbox is
 * at its limit. Unused connections of other mailboxes are closed where room is needed.
 */
final class ImapPool {
    /** Unused for longer, a connection is asked by NOOP before it is used: servers and firewalls drop connections silently. */
    private static final long ASK_AFTER = Duration.ofSeconds(5).toNanos();

    private final ImapSettings settings;
    private final ImapLogin login;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Place> places = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private final Map<String, Long> throttledUntil = new HashMap<>();
    private int open;
    private boolean closed;

    ImapPool(ImapSettings settings, ImapLogin login) {
        this.settings = settings;
        this.login = login;
    }

    /** What one mailbox has of connections; all of them count as open. */
    private static final class Place {
        private int used;
        private final Deque<ImapConnection> unused = new ArrayDeque<>();
    }

    private final class Waiter {
        private final String mailbox;
        private final Condition served = lock.newCondition();
        private boolean granted;
        private ImapConnection connection;

        private Waiter(String mailbox) {
            this.mailbox = mailbox;
        }
    }

    /** One connection, for the one thread that asked for it, until it is closed. */
    final class Lease implements AutoCloseable {
        private final String mailbox;
        private final ImapConnection connection;
        private boolean broken;

        private Lease(String mailbox, ImapConnection connection) {
            this.mailbox = mailbox;
            this.connection = connection;
        }

        ImapConnection connection() {
            return connection;
        }

        /** Not to be used again. */
        void discard() {
            broken = true;
        }

        @Override
        public void close() {
            giveBack(mailbox, broken ? null : connection);
            if (broken) {
                connection.drop();
            }
        }
    }

    Lease lease(String mailbox) throws TroubleException {
        Waiter waiter = await(mailbox);
        ImapConnection connection = waiter.connection;
        boolean leased = false;
        try {
            if (connection != null && !connection.alive(ASK_AFTER)) {
                connection.drop();
                connection = null;
            }
            if (connection == null) {
                connection = login.open(mailbox);
            }
            leased = true;
            return new Lease(mailbox, connection);
        } finally {
            if (!leased) {
                giveBack(mailbox, null);
            }
        }
    }

    /** Lets no call through to this mailbox for the time that its server asked for. */
    void throttle(String mailbox, Duration delay) {
        lock.lock();
        try {
            throttledUntil.merge(mailbox, System.nanoTime() + delay.toNanos(), (a, b) -> a - b > 0 ? a : b);
        } finally {
            lock.unlock();
        }
    }

    /** Has the unused connections of this mailbox asked by NOOP before they are used: what has ended one may have ended them all. */
    void suspect(String mailbox) {
        lock.lock();
        try {
            Place place = places.get(mailbox);
            if (place != null) {
                place.unused.forEach(ImapConnection::suspect);
            }
        } finally {
            lock.unlock();
        }
    }

    private Waiter await(String mailbox) throws TroubleException {
        List<ImapConnection> surplus = new ArrayList<>();
        lock.lock();
        try {
            refuseThrottled(mailbox);
            Waiter waiter = new Waiter(mailbox);
            waiters.add(waiter);
            serve(surplus);
            long left = settings.leaseTimeout().toNanos();
            while (!waiter.granted) {
                if (closed || left <= 0) {
                    waiters.remove(waiter);
                    throw Trouble.soon(Fault.BUSY, "no free connection for " + settings.leaseTimeout())
                            .thrown();
                }
                left = await(waiter, left);
            }
            return waiter;
        } finally {
            lock.unlock();
            surplus.forEach(ImapConnection::drop);
        }
    }

    private long await(Waiter waiter, long nanos) throws TroubleException {
        try {
            return waiter.served.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // A connection that was granted at the same time is used: what it is used for is interrupted in its turn.
            Thread.currentThread().interrupt();
            if (!waiter.granted) {
                waiters.remove(waiter);
                throw Trouble.passing(Fault.UNAVAILABLE, "interrupted").thrown();
            }
            return nanos;
        }
    }

    private void refuseThrottled(String mailbox) throws TroubleException {
        Long until = throttledUntil.get(mailbox);
        if (until == null) {
            return;
        }
        long left = until - System.nanoTime();
        if (left > 0) {
            throw Trouble.asked(Fault.THROTTLED, Duration.ofNanos(left), "waiting as the server asked")
                    .thrown();
        }
        throttledUntil.remove(mailbox);
    }

    private void giveBack(String mailbox, ImapConnection connection) {
        List<ImapConnection> surplus = new ArrayList<>();
        lock.lock();
        try {
            Place place = places.get(mailbox);
            place.used--;
            if (connection == null || closed) {
                open--;
            } else {
                place.unused.push(connection);
            }
            if (closed && connection != null) {
                surplus.add(connection);
            }
            serve(surplus);
            forgetIfEmpty(mailbox);
        } finally {
            lock.unlock();
        }
        surplus.forEach(ImapConnection::drop);
    }

    private void serve(List<ImapConnection> surplus) {
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            Place place = places.computeIfAbsent(waiter.mailbox, mailbox -> new Place());
            if (place.used >= settings.connectionsPerMailbox()) {
                continue;
            }
            // Its own connection will be free soon; a log-in costs more than the wait.
            boolean waitsForItsOwn = place.used > 0;
            if (place.unused.isEmpty() && open >= settings.connections() && (waitsForItsOwn || !makeRoom(surplus))) {
                forgetIfEmpty(waiter.mailbox);
                continue;
            }
            waiter.connection = place.unused.poll();
            if (waiter.connection == null) {
                open++;
            }
            place.used++;
            waiter.granted = true;
            waiter.served.signal();
            all.remove();
        }
    }

    private boolean makeRoom(List<ImapConnection> surplus) {
        for (Place place : places.values()) {
            if (!place.unused.isEmpty()) {
                surplus.add(place.unused.pollLast());
                open--;
                return true;
            }
        }
        return false;
    }

    private void forgetIfEmpty(String mailbox) {
        Place place = places.get(mailbox);
        if (place != null && place.used == 0 && place.unused.isEmpty()) {
            places.remove(mailbox);
        }
    }

    /** Closes what was unused for too long. */
    void closeIdle() {
        closeUnused(settings.idleTimeout().toNanos());
    }

    private void closeUnused(long nanos) {
        List<ImapConnection> surplus = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Place> all = places.values().iterator(); all.hasNext(); ) {
                Place place = all.next();
                place.unused.removeIf(connection -> connection.unusedFor(nanos) && surplus.add(connection));
                if (place.used == 0 && place.unused.isEmpty()) {
                    all.remove();
                }
            }
            open -= surplus.size();
            throttledUntil.values().removeIf(until -> until - System.nanoTime() <= 0);
        } finally {
            lock.unlock();
        }
        surplus.forEach(ImapConnection::drop);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.served.signal());
        } finally {
            lock.unlock();
        }
        closeUnused(0);
    }
}
