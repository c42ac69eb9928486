package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/**
 * How many connections a transport has, and how long it waits for what.
 *
 * @param perMailbox most connections to one mailbox, or requests for it, at a time
 * @param inAll most connections, or requests, in all
 * @param probeMailbox a mailbox that is known to exist, which tells a missing mailbox from refused credentials; null: none
 * @param connectTimeout until a connection stands
 * @param readTimeout without an answer
 * @param leaseTimeout how long a call waits while others have all the connections that are allowed
 * @param idleTimeout how long an unused connection is kept open
 * @param slots what of a mailbox this process may use beside others
 */
public record ConnectionSettings(
        int perMailbox,
        int inAll,
        String probeMailbox,
        Duration connectTimeout,
        Duration readTimeout,
        Duration leaseTimeout,
        Duration idleTimeout,
        Slots slots) {
    /** Of a process that is alone. */
    public ConnectionSettings(
            int perMailbox,
            int inAll,
            String probeMailbox,
            Duration connectTimeout,
            Duration readTimeout,
            Duration leaseTimeout,
            Duration idleTimeout) {
        this(perMailbox, inAll, probeMailbox, connectTimeout, readTimeout, leaseTimeout, idleTimeout, Slots.ALONE);
    }
}
