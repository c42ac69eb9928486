package org.chatarchiver.alert;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** What has been told already, of some 1,000 things: thousands of the same are told once. Safe for many threads. */
public final class Told<T> {
    private static final int REMEMBERED = 1_000;

    private final Cache<T, Boolean> things =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** Whether this is the first time. */
    public boolean first(T thing) {
        return things.asMap().putIfAbsent(thing, true) == null;
    }
}
