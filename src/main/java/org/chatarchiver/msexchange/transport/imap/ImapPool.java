package org.chatarchiver.msexchange.transport.imap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.ConnectionLimiter;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Connections by mailbox, within a limit for each mailbox and one for all. Whoever waits longest is served first, unless its mailbox is
 * at its limit. Unused connections of other mailboxes are closed where room is needed.
 */
final class ImapPool {
    /** Unused for longer, a connection is asked by NOOP before it is used: servers and firewalls drop connections silently. */
    private static final long ASK_AFTER = Duration.ofSeconds(5).toNanos();

    /** Unused for longer, a connection is better another process's, where one waits for it; one that is in use again and again stays until it is due. */
    private static final long WANTED_AFTER = Duration.ofSeconds(1).toNanos();

    private final ImapSettings settings;
    private final ImapLogin login;
    private final ConnectionLimiter limiter;
    /** The last used first. */
    private final Deque<Unused> unused = new ArrayDeque<>();
    /** Those that are unused, used, or being opened: no more than the limit, since no more calls are let through the gate. */
    private int open;

    private boolean closed;

    ImapPool(ImapSettings settings, ImapLogin login) {
        this.settings = settings;
        this.login = login;
        limiter = new ConnectionLimiter(settings.connections(), this::needNotWait);
    }

    private record Unused(String mailbox, ImapConnection connection, Slots.Slot slot) {
        void drop() {
            connection.drop();
            slot.close();
        }
    }

    /** One connection, for the one thread that asked for it, until it is closed. */
    final class Lease implements AutoCloseable {
        private final String mailbox;
        private final ConnectionLimiter.Pass pass;
        private final ImapConnection connection;
        private final Slots.Slot slot;
        private boolean broken;

        private Lease(String mailbox, ConnectionLimiter.Pass pass, ImapConnection connection, Slots.Slot slot) {
            this.mailbox = mailbox;
            this.pass = pass;
            this.connection = connection;
            this.slot = slot;
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
            Unused unused = new Unused(mailbox, connection, slot);
            boolean kept = !broken && !slot.isDue() && keep(unused);
            if (!kept) {
                forgetOne();
            }
            pass.close();
            if (!kept) {
                unused.drop();
            }
        }
    }

    Lease lease(String mailbox) throws TransportException {
        ConnectionLimiter.Pass pass = limiter.enter(mailbox);
        Unused unused = take(mailbox);
        boolean leased = false;
        try {
            if (unused != null
                    && (unused.slot().isLapsed() || !unused.connection().alive(ASK_AFTER))) {
                unused.drop();
                unused = null;
            }
            if (unused == null) {
                unused = open(mailbox);
            }
            leased = true;
            return new Lease(mailbox, pass, unused.connection(), unused.slot());
        } finally {
            if (!leased) {
                forgetOne();
                pass.close();
            }
        }
    }

    private Unused open(String mailbox) throws TransportException {
        Slots.Slot slot = settings.connections()
                .slots()
                .take(mailbox.toLowerCase(Locale.ROOT), settings.connections().perMailbox());
        boolean opened = false;
        try {
            Unused fresh = new Unused(mailbox, login.open(mailbox), slot);
            opened = true;
            return fresh;
        } finally {
            if (!opened) {
                slot.close();
            }
        }
    }

    /** Lets no call through to this mailbox for the time that its server asked for. */
    void throttle(String mailbox, Duration delay) {
        limiter.throttle(mailbox, delay);
    }

    /** Has the unused connections of this mailbox asked by NOOP before they are used: what has ended one may have ended them all. */
    synchronized void suspect(String mailbox) {
        unused.stream().filter(one -> one.mailbox().equals(mailbox)).forEach(one -> one.connection()
                .suspect());
    }

    /** Not while it would take another mailbox's place and its own connection will be free soon: a log-in costs more than the wait. */
    private synchronized boolean needNotWait(String mailbox, int used) {
        return used == 0
                || open < settings.connections().inAll()
                || unused.stream().anyMatch(one -> one.mailbox().equalsIgnoreCase(mailbox));
    }

    /** An unused one of this mailbox; null where one is to be opened, for which there is room then. */
    private Unused take(String mailbox) {
        Unused surplus = null;
        synchronized (this) {
            for (Iterator<Unused> all = unused.iterator(); all.hasNext(); ) {
                Unused one = all.next();
                if (one.mailbox().equals(mailbox)) {
                    all.remove();
                    return one;
                }
            }
            if (open < settings.connections().inAll()) {
                open++;
            } else {
                surplus = unused.pollLast();
            }
        }
        if (surplus != null) {
            surplus.drop();
        }
        return null;
    }

    private synchronized boolean keep(Unused one) {
        if (!closed) {
            unused.push(one);
        }
        return !closed;
    }

    private synchronized void forgetOne() {
        open--;
    }

    /** Closes what was unused for too long, and what another process could use. */
    void closeIdle() {
        closeUnused(settings.connections().idleTimeout().toNanos());
    }

    private static boolean isOver(Unused one, long nanos) {
        boolean wanted = one.slot().isWanted() && one.connection().unusedFor(WANTED_AFTER);
        return wanted
                || one.slot().isDue()
                || one.slot().isLapsed()
                || one.connection().unusedFor(nanos);
    }

    private void closeUnused(long nanos) {
        List<Unused> surplus = new ArrayList<>();
        synchronized (this) {
            unused.removeIf(one -> isOver(one, nanos) && surplus.add(one));
            open -= surplus.size();
        }
        surplus.forEach(Unused::drop);
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        limiter.close();
        closeUnused(0);
    }
}
