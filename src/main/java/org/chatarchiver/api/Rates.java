package org.chatarchiver.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How fast counts grow, by what they were when somebody looked at them in the last half minute. Remembers what is looked at only. Safe for
 * many threads.
 */
final class Rates {
    private static final Duration SPAN = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST = 1_000;
    private static final int LOOKS = 60;

    private final LongSupplier nanoTime;
    private final Cache<String, Deque<Look>> looks = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();

    private record Look(long at, long count) {}

    /** @param nanoTime as {@link System#nanoTime()} */
    Rates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What it grows by in a second; null where it has been looked at for less than a second. */
    Double of(String what, long count) {
        long now = nanoTime.getAsLong();
        Deque<Look> former = looks.get(what, none -> new ArrayDeque<>());
        synchronized (former) {
            while (former.size() > 1 && now - former.peekFirst().at() > SPAN.toNanos() || former.size() >= LOOKS) {
                former.removeFirst();
            }
            Look first = former.peekFirst();
            if (former.isEmpty() || now - former.peekLast().at() >= SHORTEST.toNanos() / 2) {
                former.addLast(new Look(now, count));
            }
            if (first == null || now - first.at() < SHORTEST.toNanos()) {
                return null;
            }
            return Math.max(0, count - first.count()) * 1e9 / (now - first.at());
        }
    }
}
