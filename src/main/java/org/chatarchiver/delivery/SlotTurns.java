package org.chatarchiver.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which slot of a mailbox becomes another archiver's, that has none of them and waits. */
final class SlotTurns {
    private final long turn;

    /** @param turn how long a slot is had at least */
    SlotTurns(Duration turn) {
        this.turn = turn.toNanos();
    }

    /**
     * Makes due the one that this archiver has had longest, if for long enough and none is yet; the others are its own for another turn.
     *
     * @return the one that has become due
     */
    Optional<SharedSlot> end(Collection<SharedSlot> all, String mailbox) {
        List<SharedSlot> ours =
                all.stream().filter(held -> held.slot.mailbox().equals(mailbox)).toList();
        if (ours.stream().anyMatch(held -> held.due)) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Optional<SharedSlot> over = ours.stream()
                .max(Comparator.comparingLong(held -> now - held.since))
                .filter(held -> now - held.since >= turn);
        over.ifPresent(held -> {
            ours.forEach(one -> one.since = now);
            held.due = true;
        });
        return over;
    }
}
