package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/**
 * What a process may use of a mailbox beside other processes: each connection to it, or request for it, needs a slot, of which there are so
 * many over all processes. Safe for many threads.
 */
public interface Slots {
    /** For a process that is alone: its own limits are all there are. */
    Slots ALONE = new Alone();

    /** One connection, or request; ends when it is closed. */
    interface Slot extends AutoCloseable {
        /** Whether another process may have it by now, so that its connection is not to be used any more. */
        boolean isLapsed();

        /** Whether a process waits for one, so that a connection that is unused for a moment is better closed. */
        boolean isWanted();

        /** Whether it is another process's now, which has none and has waited for long: to be closed as soon as what is in work is done. */
        boolean isDue();

        /** The connection, or request, has ended. */
        @Override
        void close();
    }

    /**
     * Takes a slot; never waits for one.
     *
     * @param mailbox in lower case
     * @param most of the mailbox, over all processes
     * @throws TransportException {@link Fault#BUSY} where others have them all, {@link Fault#THROTTLED} where the server has asked another
     *     process to wait
     */
    Slot take(String mailbox, int most) throws TransportException;

    /** The mailbox's server wants to be left alone for so long, by every process. */
    void throttle(String mailbox, Duration delay);

    /** @throws TransportException {@link Fault#THROTTLED} while the mailbox's server is known to want to be left alone */
    void refuseThrottled(String mailbox) throws TransportException;
}
