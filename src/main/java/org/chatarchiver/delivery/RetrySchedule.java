package org.chatarchiver.delivery;

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
public class RetrySchedule {
    private static final int MOST_DOUBLINGS = 40;

    private final DeliveryProperties settings;
    private final Clock clock;

    public RetrySchedule(DeliveryProperties settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the item has waited, for what is no fault of its own, for so long that it needs an entry. */
    public boolean isTooLong(Item item) {
        return outlasts(item, Duration.ZERO);
    }

    /** Whether the item would wait for too long without an entry if it waited for what it is asked to. */
    boolean outlasts(Item item, Duration asked) {
        Instant first = item.firstTry() == null ? clock.instant() : item.firstTry();
        return first.plus(settings.longestWait()).isBefore(clock.instant().plus(asked));
    }

    /** Whether the item has been tried for so long that it fails now. */
    public boolean isOver(Item item) {
        Instant first = item.firstTry();
        return first != null && first.plus(settings.giveUpAfter()).isBefore(clock.instant());
    }

    /**
     * The item in its wait: as long as was asked for, to the second. Where nothing was, the first pause, twice as long each time, up to the
     * longest; a full mailbox has a pause of its own.
     *
     * @param asked what the destination or the feed asked for; zero where it did not say
     */
    public Settled later(Item item, Reason reason, Duration asked, String detail) {
        Duration pause = asked.isZero() ? own(item) : asked;
        return waiting(
                item, reason, reason == Reason.QUOTA_EXCEEDED ? longer(pause, settings.quotaPause()) : pause, detail);
    }

    private Duration own(Item item) {
        if (item.attempts() == 0 && item.firstTry() != null) {
            // What counts as no try, and yet is not asked for every second.
            Duration age = Duration.between(item.firstTry(), clock.instant());
            return shorter(longer(age, settings.firstPause()), settings.longestPause());
        }
        double pause = settings.firstPause().toMillis() * Math.pow(2, Math.min(item.attempts(), MOST_DOUBLINGS));
        return Duration.ofMillis(
                Math.round(Math.min(pause, settings.longestPause().toMillis())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
