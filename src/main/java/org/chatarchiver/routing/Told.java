package org.chatarchiver.routing;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has been told already, of the last 1,000 things: thousands of the same are told once. Safe for many threads. */
final class Told<T> {
    private static final int REMEMBERED = 1_000;

    private final Map<T, Boolean> things = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether this is the first time. */
    synchronized boolean first(T thing) {
        return things.putIfAbsent(thing, true) == null;
    }
}
