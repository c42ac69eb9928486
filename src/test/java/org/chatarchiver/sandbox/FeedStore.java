package org.chatarchiver.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The messages of every network, or of an account's own, ordered by the time TeleMessage received them. Safe for several threads. */
final class FeedStore {
    /** Where a message stands: those received at the same time in the order they were added. */
    record Place(Instant received, long sequence) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::received).thenComparingLong(Place::sequence);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param last the place of the last message where others follow, else null */
    record Slice(List<MessageWriter> messages, Place last) {}

    private record Entry(MessageWriter message, boolean counted) {}

    private final Map<String, ConcurrentNavigableMap<Place, Entry>> lanes = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    /** @param counted false for a message that the feed gives again: {@code totalCount} is of distinct ones */
    void add(String lane, Instant received, MessageWriter message, boolean counted) {
        of(lane).put(new Place(received, sequence.incrementAndGet()), new Entry(message, counted));
    }

    int total(String lane, FeedQuery query) {
        return (int)
                window(lane, query).values().stream().filter(Entry::counted).count();
    }

    /** @param after null for the first page */
    Slice page(String lane, FeedQuery query, Place after) {
        ConcurrentNavigableMap<Place, Entry> rest = window(lane, query);
        if (after != null) {
            rest = rest.tailMap(after, false);
        }
        List<MessageWriter> messages = new ArrayList<>();
        Place last = null;
        for (Map.Entry<Place, Entry> entry : rest.entrySet()) {
            if (messages.size() == query.limit()) {
                return new Slice(messages, last);
            }
            messages.add(entry.getValue().message());
            last = entry.getKey();
        }
        return new Slice(messages, null);
    }

    private ConcurrentNavigableMap<Place, Entry> window(String lane, FeedQuery query) {
        return of(lane).subMap(new Place(query.from(), Long.MIN_VALUE), new Place(query.to(), Long.MIN_VALUE));
    }

    private ConcurrentNavigableMap<Place, Entry> of(String lane) {
        return lanes.computeIfAbsent(lane, any -> new ConcurrentSkipListMap<>());
    }
}
