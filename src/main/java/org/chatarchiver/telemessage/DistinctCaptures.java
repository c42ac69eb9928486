package org.chatarchiver.telemessage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.chatarchiver.message.Blanks;

/**
 * Counts distinct captures - a message id and an owner - in 8 bytes each, so that a window of millions fits into memory: each stands for
 * itself by 64 bits of its digest. Two of a million have the same ones once in some 37 million windows; the window then counts as short
 * by one, is asked for again, and is found complete by the ledger's exact count. So is one in which the feed writes an owner's number in
 * two ways, which are two here and one there. Not for several threads.
 */
public final class DistinctCaptures {
    private long[] seen = new long[16];
    private int size;
    private long nameless;

    /**
     * @param id null or empty where the message has none that could be read: it counts for itself
     * @param owner msisdn as the feed wrote it; null, or nothing that can be seen, where there is none
     */
    void add(String id, String owner) {
        if (id == null || id.isEmpty()) {
            addNameless();
            return;
        }
        String by = owner == null ? "" : Blanks.cutOff(owner);
        UUID digest = UUID.nameUUIDFromBytes((by.isEmpty() ? id : id + '\n' + by).getBytes(StandardCharsets.UTF_8));
        room(1);
        // The other half has fewer bits that vary (RFC 9562, 4).
        seen[size++] = Long.rotateLeft(digest.getMostSignificantBits(), 32) ^ digest.getLeastSignificantBits();
    }

    void addNameless() {
        nameless++;
    }

    /** All of another page. */
    public void addAll(DistinctCaptures others) {
        room(others.size);
        System.arraycopy(others.seen, 0, seen, size, others.size);
        size += others.size;
        nameless += others.nameless;
    }

    /** How many different ones there are. */
    public long distinct() {
        Arrays.sort(seen, 0, size);
        long different = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || seen[i] != seen[i - 1]) {
                different++;
            }
        }
        return different + nameless;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(needed, seen.length + (seen.length >> 1)));
        }
    }
}
