package org.chatarchiver.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.chatarchiver.ledger.Channel;
import org.springframework.stereotype.Component;

/**
 * When the ledger is looked through for entries that the route of a channel was not told of: at once where something was entered here,
 * every few seconds for what another archiver has left, never while the route is at work, and a minute later where it fails again and
 * again. Safe for many threads.
 */
@Component
public class ChannelPace {
    /** Failures in a row, behind which a route is thought to be broken, and not one entry to be odd. */
    static final int BROKEN = 3;

    static final Duration REST = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<Channel, State> states = new EnumMap<>(Channel.class);

    private static final class State {
        private boolean working;
        private int failed;
        private Instant look = Instant.MIN;
        private Instant rest = Instant.MIN;
        private Instant said = Instant.MIN;
    }

    public ChannelPace(Clock clock) {
        this.clock = clock;
        for (Channel channel : Channel.values()) {
            states.put(channel, new State());
        }
    }

    /** There is something to tell. */
    synchronized void wake(Channel channel) {
        states.get(channel).look = Instant.MIN;
    }

    /** Whether it is time to look for entries, which then counts as done. */
    synchronized boolean isDue(Channel channel) {
        State state = states.get(channel);
        Instant now = clock.instant();
        if (state.working || now.isBefore(state.look) || now.isBefore(state.rest)) {
            return false;
        }
        state.look = now.plus(LOOK);
        return true;
    }

    /** The channel's route is at work from now on, until {@link #ended}. */
    synchronized void began(Channel channel) {
        states.get(channel).working = true;
    }

    /** Its route may be told more. */
    synchronized void ended(Channel channel) {
        State state = states.get(channel);
        state.working = false;
        state.look = Instant.MIN;
    }

    synchronized void told(Channel channel) {
        states.get(channel).failed = 0;
    }

    /** @return whether that is to be said: once a minute is enough */
    synchronized boolean failed(Channel channel) {
        State state = states.get(channel);
        Instant now = clock.instant();
        if (++state.failed >= BROKEN) {
            state.rest = now.plus(REST);
        }
        boolean say = !now.isBefore(state.said);
        if (say) {
            state.said = now.plus(REST);
        }
        return say;
    }

    /** Whether its route has just failed so often that it is left alone for a while. */
    synchronized boolean rests(Channel channel) {
        return clock.instant().isBefore(states.get(channel).rest);
    }
}
