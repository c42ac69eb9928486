package org.chatarchiver.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The growing pauses between two probes of a destination that is out. Safe for many threads. */
final class ProbePauses {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Duration longest;
    private final Clock clock;
    private Duration pause = Duration.ZERO;
    private Instant next = Instant.MIN;

    ProbePauses(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    synchronized void anew() {
        pause = Duration.ZERO;
    }

    /**
     * An outage that comes back before anything was delivered was not over: the pauses go on growing.
     *
     * @return whether there was a pause before, and nothing delivered since
     */
    synchronized boolean longer() {
        boolean again = !pause.isZero();
        Duration longer = again ? pause.multipliedBy(2) : FIRST;
        pause = longer.compareTo(longest) > 0 ? longest : longer;
        fromNow();
        return again;
    }

    synchronized void fromNow() {
        next = clock.instant().plus(pause);
    }

    synchronized boolean over() {
        return !clock.instant().isBefore(next);
    }
}
