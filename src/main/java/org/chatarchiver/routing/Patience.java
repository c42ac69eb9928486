package org.chatarchiver.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Component;

/** How long, and at which intervals, an item is tried while its mailbox is in trouble. */
@Component
class Patience {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Whatever the reason, nobody looks for longer than an hour at an item that stands in no channel. */
    private static final Duration LONGEST_IN_SILENCE = Duration.ofMinutes(55);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(4);
    private static final int MOST_DOUBLINGS = 8;

    private final Clock clock;

    Patience(Clock clock) {
        this.clock = clock;
    }

    /** Whether the item has waited, for what is no fault of its own, for so long that it needs an entry. */
    boolean isTooLong(Item item) {
        return outlasts(item, Duration.ZERO);
    }

    /** Whether the item would wait for too long without an entry if it waited for what it is asked to. */
    boolean outlasts(Item item, Duration asked) {
        Instant first = item.firstTry() == null ? clock.instant() : item.firstTry();
        return first.plus(LONGEST_IN_SILENCE).isBefore(clock.instant().plus(asked));
    }

    /** Whether the item has been tried for so long that it fails now. */
    boolean isOver(Item item) {
        Instant first = item.firstTry();
        return first != null && first.plus(LONGEST).isBefore(clock.instant());
    }

    /**
     * The item in its wait: as long as was asked for, to the second. Where nothing was, a second, twice as long each time, up to 4 minutes.
     *
     * @param asked what the destination or the feed asked for; zero where it did not say
     */
    Settled later(Item item, Reason reason, Duration asked, String detail) {
        return waiting(item, reason, asked.isZero() ? own(item) : asked, detail);
    }

    /** Everything that was to be sent in its wait, where it has not been tried for too long; a dry run waits for nothing. */
    Parcel later(Parcel parcel, Reason reason, Duration asked, String sentence) {
        List<Item> failing = new ArrayList<>(parcel.failing());
        List<Parcel.Waiting> waiting = new ArrayList<>(parcel.waiting());
        for (Item item : parcel.send()) {
            if (parcel.work().run().dry() || isOver(item)) {
                failing.add(parcel.item(item.target(), ItemState.FAILING, item.rule(), reason, sentence));
            } else {
                waiting.add(new Parcel.Waiting(later(item, reason, asked, sentence), true));
            }
        }
        return parcel.with(List.of(), failing, parcel.replaced()).waiting(waiting);
    }

    private Duration own(Item item) {
        if (item.attempts() == 0 && item.firstTry() != null) {
            // What counts as no try, and yet is not asked for every second.
            Duration age = Duration.between(item.firstTry(), clock.instant());
            return age.compareTo(LONGEST_PAUSE) > 0
                    ? LONGEST_PAUSE
                    : age.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : age;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(item.attempts(), MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** The item while the destination is out: due as soon as that is over. */
    Settled afterOutage(Item item, Reason reason, String detail) {
        return waiting(item, reason, Duration.ZERO, detail);
    }

    private Settled waiting(Item item, Reason reason, Duration pause, String detail) {
        return new Settled(
                item, ItemState.RETRY, reason, detail, 0, clock.instant().plus(pause));
    }
}
