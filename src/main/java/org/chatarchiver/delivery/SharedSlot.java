package org.chatarchiver.delivery;

import org.chatarchiver.ledger.MailboxSlots;
import org.chatarchiver.msexchange.transport.Slots;

/** One slot of this archiver; what becomes of it is {@link SharedSlots}'s, whose lock is its. */
final class SharedSlot implements Slots.Slot {
    final MailboxSlots.Slot slot;
    long reliableUntil;
    boolean lost;
    boolean wanted;
    /** Since when this turn of it lasts. */
    long since = System.nanoTime();
    /** Its turn is over, and somebody waits who has none. */
    boolean due;

    boolean used = true;
    long endedAt;
    private final SharedSlots slots;

    SharedSlot(SharedSlots slots, MailboxSlots.Slot slot, long reliableUntil) {
        this.slots = slots;
        this.slot = slot;
        this.reliableUntil = reliableUntil;
    }

    @Override
    public boolean isLapsed() {
        synchronized (slots) {
            return lost || System.nanoTime() - reliableUntil >= 0;
        }
    }

    @Override
    public boolean isWanted() {
        synchronized (slots) {
            return wanted;
        }
    }

    @Override
    public boolean isDue() {
        synchronized (slots) {
            return due;
        }
    }

    @Override
    public void close() {
        synchronized (slots) {
            used = false;
            endedAt = System.nanoTime();
            if (due) {
                slots.gaveUp(this);
            }
        }
    }
}
