package org.chatarchiver.servers;

import java.util.Random;

/**
 * A server in continuous trouble: of all requests, 5 in 100 are answered 429 or 503 with {@code Retry-After: 1} and 2 in 100 have their
 * connection cut, half of these before they are carried out. The same seed gives the same faults, in the order of the requests. Safe for
 * several threads.
 */
public final class Disturbance {
    private static final int OUT_OF = 1_000;
    private static final int THROTTLED = 25;
    private static final int UNAVAILABLE = 50;
    private static final int CUT_BEFORE = 60;
    private static final int CUT_AFTER = 70;

    private final Random random;
    private int answered;
    private int cut;

    /** What becomes of a request. */
    enum Kind {
        NONE,
        THROTTLED,
        UNAVAILABLE,
        CUT_BEFORE,
        CUT_AFTER
    }

    public Disturbance(long seed) {
        random = new Random(seed);
    }

    synchronized Kind next() {
        int number = random.nextInt(OUT_OF);
        if (number < UNAVAILABLE) {
            answered++;
            return number < THROTTLED ? Kind.THROTTLED : Kind.UNAVAILABLE;
        }
        if (number < CUT_AFTER) {
            cut++;
            return number < CUT_BEFORE ? Kind.CUT_BEFORE : Kind.CUT_AFTER;
        }
        return Kind.NONE;
    }

    /** Requests that were told to come back in a second. */
    public synchronized int answered() {
        return answered;
    }

    /** Connections that were cut. */
    public synchronized int cut() {
        return cut;
    }
}
