package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/**
 * How long a server may still be filing what was sent over a connection that was lost: three times what the slowest batch has taken
 * of late, but half a minute at least, however quick it was, since a server that cuts connections is not what it was before; and five
 * minutes at most. What is sent again before is there twice. Safe for many threads.
 */
public final class Settlement {
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final int TIMES = 3;

    /** A slow batch is forgotten after some dozens of quick ones. */
    private static final int MEMORY = 20;

    private long slowest;

    /** @param nanos from the first request of a batch to its last answer */
    public synchronized void took(long nanos) {
        slowest = Math.max(nanos, slowest - slowest / MEMORY);
    }

    synchronized Duration time() {
        Duration time = Duration.ofNanos(slowest * TIMES);
        if (time.compareTo(MOST) > 0) {
            return MOST;
        }
        return time.compareTo(TransportError.DELAY) < 0 ? TransportError.DELAY : time;
    }

    /** For what may have been sent, and is not there yet. */
    TransportError lost() {
        return TransportError.asked(Fault.LOST, time(), "connection lost before the server had answered");
    }
}
