package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** One count for all gauges of a scrape: it is asked for again when it is some seconds old. Safe for many threads. */
final class Recent<T> {
    private final Supplier<List<T>> source;
    private final Duration fresh;
    private final Clock clock;
    private List<T> counts = List.of();
    private Instant counted = Instant.MIN;

    Recent(Supplier<List<T>> source, Duration fresh, Clock clock) {
        this.source = source;
        this.fresh = fresh;
        this.clock = clock;
    }

    synchronized List<T> get() {
        Instant now = clock.instant();
        if (counted.isBefore(now.minus(fresh))) {
            counts = source.get();
            counted = now;
        }
        return counts;
    }
}
