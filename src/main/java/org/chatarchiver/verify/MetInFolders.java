package org.chatarchiver.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.ledger.VerifiedFolders;

/**
 * What a verification has met in the folders that it has read through, as digests: written into the ledger as it goes, so that it is known
 * if the verification is broken off, and is in memory only until then. Not for several threads.
 */
final class MetInFolders {
    private static final int FIRST = 1_000;

    private final VerifiedFolders rows;
    private final Verified of;
    private final Set<Long> readBefore = new HashSet<>();
    private final Set<Long> shut = new HashSet<>();
    private final List<Long> read = new ArrayList<>();
    private final List<Long> shutSince = new ArrayList<>();
    private long[] items = new long[0];
    private int size;
    private int parts;

    /** Knows what is behind the mark of one that was broken off. */
    MetInFolders(VerifiedFolders rows, Verified of) {
        this.rows = rows;
        this.of = of;
        this.parts = of.mark() == null ? 0 : of.mark().parts();
        before().forEach(part -> {
            for (long mailbox : part.mailboxes()) {
                readBefore.add(mailbox);
            }
            for (long mailbox : part.unreachable()) {
                shut.add(mailbox);
            }
        });
    }

    private Iterable<VerifiedFolders.Part> before() {
        return () -> IntStream.rangeClosed(1, of.mark() == null ? 0 : of.mark().parts())
                .mapToObj(number -> rows.part(of, number).orElseThrow())
                .iterator();
    }

    /** Tells the items again that were met before it was broken off: those that are still expected. */
    void recall(ItemKeys expected) {
        before().forEach(part -> {
            for (long item : part.items()) {
                expected.met(item);
            }
        });
    }

    /** Whether its folder was read through before it was broken off. */
    boolean wasRead(String mailbox) {
        return readBefore.contains(ItemKeys.mailbox(mailbox));
    }

    /** For the first time. */
    void item(long key) {
        if (size == VerifiedFolders.MOST) {
            keep();
        } else if (size == items.length) {
            // A thousand verifications may wait for their turn.
            items = Arrays.copyOf(items, Math.min(VerifiedFolders.MOST, 2 * size + FIRST));
        }
        items[size++] = key;
    }

    /** All of it: what was met there counts with the next mark. */
    void read(String mailbox) {
        read.add(ItemKeys.mailbox(mailbox));
        if (read.size() == VerifiedFolders.MOST) {
            keep();
        }
    }

    /** @return whether that is new */
    boolean unreachable(String mailbox) {
        long digest = ItemKeys.mailbox(mailbox);
        if (!shut.add(digest)) {
            return false;
        }
        shutSince.add(digest);
        return true;
    }

    boolean isUnreachable(String mailbox) {
        return !shut.isEmpty() && shut.contains(ItemKeys.mailbox(mailbox));
    }

    /** @return how many parts there are in the ledger, with all that it knows */
    int kept() {
        if (size + read.size() + shutSince.size() > 0) {
            keep();
        }
        return parts;
    }

    private void keep() {
        parts++;
        rows.keep(of, parts, new VerifiedFolders.Part(longs(read), longs(shutSince), Arrays.copyOf(items, size)));
        read.clear();
        shutSince.clear();
        size = 0;
    }

    private static long[] longs(List<Long> digests) {
        return digests.stream().mapToLong(Long::longValue).toArray();
    }
}
