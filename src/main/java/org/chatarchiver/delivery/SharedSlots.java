package org.chatarchiver.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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
 * for its mailbox asks nobody: a statement for each new connection, and one or two a second while there are any. Where somebody waits who
 * has none of a mailbox, one that is used again and again is given up after a turn. Safe for many threads.
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

    /** Somebody who waits asks once meanwhile: for so long after this archiver has given one up it takes none. */
    private static final long YIELD = Duration.ofSeconds(8).toNanos();

    /** Where somebody waits who has none: a log-in for each such time is what it costs. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final MailboxSlots ledger;
    private final SlotTurns turns;
    private final Set<SharedSlot> all = new HashSet<>();
    private final MailboxPauses throttled = new MailboxPauses();
    private final MailboxPauses yielded = new MailboxPauses();
    private final BackgroundTurns keeping = new BackgroundTurns("mailbox-slots", PERIOD, PERIOD, this::keep);
    private long renewed = System.nanoTime();
    private boolean closed;

    SharedSlots(MailboxSlots ledger) {
        this(ledger, TURN);
    }

    /** @param turn how long it has a slot of a mailbox at least, for which somebody waits who has none */
    SharedSlots(MailboxSlots ledger, Duration turn) {
        this.ledger = ledger;
        this.turns = new SlotTurns(turn);
    }

    @Override
    public Slot take(String mailbox, int most) throws TransportException {
        Slot kept = kept(mailbox);
        if (kept != null) {
            return kept;
        }
        if (!yielded.left(mailbox).isZero()) {
            throw busy("another archiver has its turn");
        }
        long asked = System.nanoTime();
        MailboxSlots.Taken taken = ledger.take(mailbox, most, WANTED);
        if (taken.slot() < 0 && taken.free()) {
            // Another archiver has got the same one at the same moment.
            asked = System.nanoTime();
            taken = ledger.take(mailbox, most, WANTED);
        }
        if (!taken.throttled().isZero()) {
            throttled.put(mailbox, taken.throttled().toNanos());
            throw throttled(taken.throttled());
        }
        if (taken.slot() < 0) {
            throw busy("other archivers have all the connections that this mailbox may have");
        }
        return held(new SharedSlot(
                this,
                new MailboxSlots.Slot(mailbox, taken.slot()),
                asked + ledger.reliable().toNanos()));
    }

    private static TransportException busy(String why) {
        Duration pause = AGAIN.plusMillis(ThreadLocalRandom.current().nextLong(AGAIN.toMillis()));
        return TransportError.passing(Fault.BUSY, pause, why).thrown();
    }

    private synchronized Slot kept(String mailbox) {
        for (SharedSlot held : all) {
            if (!held.used && !held.due && held.slot.mailbox().equals(mailbox) && !held.isLapsed()) {
                held.used = true;
                return held;
            }
        }
        return null;
    }

    private synchronized Slot held(SharedSlot held) {
        all.add(held);
        if (keeping.areStopped() && !closed) {
            renewed = System.nanoTime();
            keeping.start();
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
        List<SharedSlot> ended = ended();
        // Another archiver may have one whose lease is over, or this one may have it anew.
        List<MailboxSlots.Slot> ours = ended.stream()
                .filter(held -> !held.isLapsed())
                .map(held -> held.slot)
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        try {
            ledger.release(ours);
        } catch (RuntimeException e) {
            again(ended);
            throw e;
        }
    }

    private synchronized List<SharedSlot> ended() {
        List<SharedSlot> ended = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<SharedSlot> each = all.iterator(); each.hasNext(); ) {
            SharedSlot held = each.next();
            if (!held.used && now - held.endedAt >= KEPT) {
                ended.add(held);
                each.remove();
            }
        }
        return ended;
    }

    /** The ledger has not heard of it: until it does nobody gets them, this archiver neither. */
    private synchronized void again(List<SharedSlot> ended) {
        if (!closed) {
            all.addAll(ended);
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
        Set<String> starved = new HashSet<>();
        for (MailboxSlots.Notice notice : notices) {
            if (notice.wanted()) {
                wanted.add(notice.mailbox());
            }
            if (notice.starved()) {
                starved.add(notice.mailbox());
            }
            if (!notice.throttled().isZero()) {
                throttled.put(notice.mailbox(), notice.throttled().toNanos());
            }
        }
        for (SharedSlot held : all) {
            held.wanted = wanted.contains(held.slot.mailbox());
            held.due &= starved.contains(held.slot.mailbox());
        }
        starved.stream()
                .flatMap(mailbox -> turns.end(all, mailbox).stream())
                .filter(due -> !due.used)
                .forEach(this::gaveUp);
    }

    /** One that was due, and is not used any more. */
    void gaveUp(SharedSlot held) {
        yielded.put(held.slot.mailbox(), YIELD);
    }

    private void renew() {
        Set<SharedSlot> before;
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
            for (SharedSlot held : before) {
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
        Duration left = throttled.left(mailbox);
        if (!left.isZero()) {
            throw throttled(left);
        }
    }

    private static TransportException throttled(Duration left) {
        return TransportError.asked(Fault.THROTTLED, left, "waiting as the server asked another archiver")
                .thrown();
    }

    /** Others need not wait for the leases of an archiver that stops in good order. */
    @Override
    public void close() {
        List<MailboxSlots.Slot> rest;
        synchronized (this) {
            closed = true;
            keeping.stop();
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
