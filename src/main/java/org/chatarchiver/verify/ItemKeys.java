package org.chatarchiver.verify;

import org.chatarchiver.message.Sha256;

/**
 * Items that a run has delivered, and how often each was met in its folder: some 20 bytes an item, whatever it is called. What has no room
 * any more is not told here, and is looked for by itself. Not for several threads.
 */
final class ItemKeys {
    /** Items; with it some 40 MB. */
    static final int MOST = 1 << 21;

    private static final int FIRST = 1 << 10;
    private static final byte NONE = 0;
    private static final byte EXPECTED = 1;
    private static final byte SEEN = 2;
    private static final byte DOUBLED = 3;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST];
    private byte[] states = new byte[FIRST];
    private int size;

    /** What comes of an e-mail that is there. */
    enum Met {
        /** Not one of these. */
        UNKNOWN,
        FIRST,
        /** A second copy of it. */
        DOUBLED,
        /** One more, behind that. */
        AGAIN
    }

    /**
     * Such an item.
     *
     * @param mailbox a digest of its mailbox
     * @param digits of its Message-ID, hexadecimal, 32 or more
     */
    static long key(long mailbox, String digits) {
        long first = Long.parseUnsignedLong(digits, 0, 16, 16);
        long second = Long.parseUnsignedLong(digits, 16, 32, 16);
        long mixed = (first ^ mailbox) * SPREAD + Long.rotateLeft(second, 29);
        return mixed ^ mixed >>> 32;
    }

    void expect(long key) {
        if (size == MOST) {
            return;
        }
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int place = place(key);
        if (states[place] == NONE) {
            keys[place] = key;
            states[place] = EXPECTED;
            size++;
        }
    }

    Met met(long key) {
        int place = place(key);
        return switch (states[place]) {
            case NONE -> Met.UNKNOWN;
            case EXPECTED -> {
                states[place] = SEEN;
                yield Met.FIRST;
            }
            case SEEN -> {
                states[place] = DOUBLED;
                yield Met.DOUBLED;
            }
            default -> Met.AGAIN;
        };
    }

    boolean isSeen(long key) {
        return states[place(key)] > EXPECTED;
    }

    private int place(long key) {
        int place = (int) (key * SPREAD >>> 33) & keys.length - 1;
        while (states[place] != NONE && keys[place] != key) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] before = keys;
        byte[] was = states;
        keys = new long[2 * before.length];
        states = new byte[keys.length];
        for (int i = 0; i < before.length; i++) {
            if (was[i] != NONE) {
                int place = place(before[i]);
                keys[place] = before[i];
                states[place] = was[i];
            }
        }
    }

    /** A digest of a mailbox, for {@link #key}. */
    static long mailbox(String address) {
        return Long.parseUnsignedLong(Sha256.of(address), 0, 16, 16);
    }
}
