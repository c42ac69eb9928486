package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A message in a list that messages are found by.
 *
 * @param key its place among all; in a list of Message-IDs the beginning of its own
 */
record SearchEntry(long key, UUID message) implements Comparable<SearchEntry> {
    private static final int BYTES = 3 * Long.BYTES;

    @Override
    public int compareTo(SearchEntry other) {
        int byKey = Long.compare(key, other.key);
        return byKey == 0 ? message.compareTo(other.message) : byKey;
    }

    static byte[] write(Collection<SearchEntry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * BYTES);
        entries.forEach(entry -> bytes.putLong(entry.key)
                .putLong(entry.message.getMostSignificantBits())
                .putLong(entry.message.getLeastSignificantBits()));
        return bytes.array();
    }

    /** In the order in which they were written. */
    static List<SearchEntry> read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        List<SearchEntry> entries = new ArrayList<>(written.length / BYTES);
        while (bytes.hasRemaining()) {
            entries.add(new SearchEntry(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong())));
        }
        return entries;
    }
}
