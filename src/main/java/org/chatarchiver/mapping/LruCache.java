package org.chatarchiver.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

/** At most so many entries, the least recently used one goes first. Safe for use by many threads. */
final class LruCache<K, V> {
    private final Map<K, V> entries;

    LruCache(int capacity) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }
}
