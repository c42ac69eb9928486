package org.chatarchiver.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Component;

/** How long, and at which intervals, an item is tried while its mailbox is in trouble. */
@Component
class Patience {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_DOUBLINGS = 4;

    private final Clock clock;

    Patience(Clock clock) {
        this.clock = clock;
    }

    /** Whether the item has been tried for so long that it fails now. */
    boolean isOver(Item item) {
        Instant first = item.firstTry();
        return first != null && first.plus(LONGEST).isBefore(clock.instant());
    }

    /**
     * The item in its wait: 15 seconds, twice as long each time, up to 4 minutes.
     *
     * @param atLeast what the destination asked for
     */
    Settled later(Item item, Reason reason, Duration atLeast, String detail) {
        Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(item.attempts(), MOST_DOUBLINGS));
        Duration pause = atLeast.compareTo(own) > 0 ? atLeast : own;
        return new Settled(
                item, ItemState.RETRY, reason, detail, 0, clock.instant().plus(pause));
    }
}
