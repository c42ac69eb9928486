package org.chatarchiver.alert;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has been told already, of the last 1,000 things: thousands of the same are told once. Safe for many threads. */
public final class Told<T> {
    private static final int REMEMBERED = 1_000;

    private final Map<T, Boolean> things = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether this is the first time. */
    public synchronized boolean first(T thing) {
        return things.putIfAbsent(thing, true) == null;
    }
}
