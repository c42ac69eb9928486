package org.chatarchiver.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.chatarchiver.ledger.BackgroundTurns;
import org.chatarchiver.ledger.MailboxSlots;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots of mailboxes that are shared with other archivers by the ledger. One that is closed is kept for a moment, so that the next request
 * for its mailbox asks nobody: a statement for each new connection, and one or two a second while there are any. Safe for many threads.
 */
final class SharedSlots implements Slots, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSlots.class);

    /** A slot that is free is taken up this soon. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** Somebody who waits asks again well before. */
    private static final Duration WANTED = Duration.ofSeconds(10);

    /** By then a server has noticed that a connection has ended. */
    private static final long KEPT = Duration.ofMillis(500).toNanos();

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final MailboxSlots ledger;
    private final Set<Held> all = new HashSet<>();
    private final Map<String, Long> throttledUntil = new HashMap<>();
    private final BackgroundTurns turns = new BackgroundTurns("mailbox-slots", PERIOD, PERIOD, this::keep);
    private long renewed = System.nanoTime();
    private boolean closed;

    SharedSlots(MailboxSlots ledger) {
        this.ledger = ledger;
    }

    private final class Held implements Slot {
        private final MailboxSlots.Slot slot;
        private long reliableUntil;
        private boolean lost;
        private boolean wanted;
        private boolean used = true;
        private long endedAt;

        private Held(MailboxSlots.Slot slot, long asked) {
            this.slot = slot;
            reliableUntil = asked + ledger.reliable().toNanos();
        }

        @Override
        public boolean isLapsed() {
            synchronized (SharedSlots.this) {
                return lost || System.nanoTime() - reliableUntil >= 0;
            }
        }

        @Override
        public boolean isWanted() {
            synchronized (SharedSlots.this) {
                return wanted;
            }
        }

        @Override
        public void close() {
            synchronized (SharedSlots.this) {
                used = false;
                endedAt = System.nanoTime();
            }
        }
    }

    @Override
    public Slot take(String mailbox, int most) throws TransportException {
        Slot kept = kept(mailbox);
        if (kept != null) {
            return kept;
        }
        long asked = System.nanoTime();
        MailboxSlots.Taken taken = ledger.take(mailbox, most, WANTED);
        if (taken.slot() < 0 && taken.free()) {
            // Another archiver has got the same one at the same moment.
            asked = System.nanoTime();
            taken = ledger.take(mailbox, most, WANTED);
        }
        if (!taken.throttled().isZero()) {
            known(mailbox, taken.throttled());
            throw throttled(taken.throttled());
        }
        if (taken.slot() < 0) {
            Duration pause = AGAIN.plusMillis(ThreadLocalRandom.current().nextLong(AGAIN.toMillis()));
            throw TransportError.passing(
                            Fault.BUSY, pause, "other archivers have all the connections that this mailbox may have")
                    .thrown();
        }
        return held(new Held(new MailboxSlots.Slot(mailbox, taken.slot()), asked));
    }

    private synchronized Slot kept(String mailbox) {
        for (Held held : all) {
            if (!held.used && held.slot.mailbox().equals(mailbox) && !held.isLapsed()) {
                held.used = true;
                return held;
            }
        }
        return null;
    }

    private synchronized Slot held(Held held) {
        all.add(held);
        if (turns.areStopped() && !closed) {
            renewed = System.nanoTime();
            turns.start();
        }
        return held;
    }

    /** Whatever is thrown would end the scheduling, without a word; the next time may go well. */
    private void keep() {
        try {
            giveBack();
            heed();
            if (System.nanoTime() - renewed >= ledger.renewal().toNanos()) {
                renew();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("The slots of mailboxes could not be kept: {}", Printable.of(e.toString()));
        }
    }

    private void giveBack() {
        List<MailboxSlots.Slot> ended = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (Iterator<Held> each = all.iterator(); each.hasNext(); ) {
                Held held = each.next();
                if (!held.used && now - held.endedAt >= KEPT) {
                    ended.add(held.slot);
                    each.remove();
                }
            }
        }
        if (!ended.isEmpty()) {
            ledger.release(ended);
        }
    }

    private void heed() {
        Set<String> mailboxes = new HashSet<>();
        synchronized (this) {
            all.forEach(held -> mailboxes.add(held.slot.mailbox()));
        }
        if (!mailboxes.isEmpty()) {
            heed(ledger.notices(mailboxes));
        }
    }

    private synchronized void heed(Collection<MailboxSlots.Notice> notices) {
        Set<String> wanted = new HashSet<>();
        for (MailboxSlots.Notice notice : notices) {
            if (notice.wanted()) {
                wanted.add(notice.mailbox());
            }
            if (!notice.throttled().isZero()) {
                known(notice.mailbox(), notice.throttled());
            }
        }
        all.forEach(held -> held.wanted = wanted.contains(held.slot.mailbox()));
    }

    private void renew() {
        Set<Held> before;
        synchronized (this) {
            before = new HashSet<>(all);
        }
        if (before.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        Set<MailboxSlots.Slot> ours = new HashSet<>(
                ledger.renew(before.stream().map(held -> held.slot).distinct().toList()));
        renewed = asked;
        synchronized (this) {
            for (Held held : before) {
                if (ours.contains(held.slot)) {
                    held.reliableUntil = asked + ledger.reliable().toNanos();
                } else {
                    held.lost = true;
                }
            }
        }
    }

    @Override
    public void throttle(String mailbox, Duration delay) {
        try {
            ledger.throttled(mailbox, delay);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Other archivers could not be told of a mailbox that asks for a pause: {}",
                    Printable.of(e.toString()));
        }
    }

    @Override
    public void refuseThrottled(String mailbox) throws TransportException {
        Duration left;
        synchronized (this) {
            long now = System.nanoTime();
            left = Duration.ofNanos(throttledUntil.getOrDefault(mailbox, now) - now);
        }
        if (!left.isNegative() && !left.isZero()) {
            throw throttled(left);
        }
    }

    private static TransportException throttled(Duration left) {
        return TransportError.asked(Fault.THROTTLED, left, "waiting as the server asked another archiver")
                .thrown();
    }

    private synchronized void known(String mailbox, Duration left) {
        long now = System.nanoTime();
        throttledUntil.values().removeIf(until -> until - now <= 0);
        throttledUntil.put(mailbox, now + left.toNanos());
    }

    /** Others need not wait for the leases of an archiver that stops in good order. */
    @Override
    public void close() {
        List<MailboxSlots.Slot> rest;
        synchronized (this) {
            closed = true;
            turns.stop();
            rest = all.stream().map(held -> held.slot).toList();
            all.clear();
        }
        if (!rest.isEmpty()) {
            try {
                ledger.release(rest);
            } catch (RuntimeException e) {
                LOG.warn("The slots of mailboxes could not be given back: {}", Printable.of(e.toString()));
            }
        }
    }
}
