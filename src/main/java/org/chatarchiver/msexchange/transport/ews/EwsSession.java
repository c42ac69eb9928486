package org.chatarchiver.msexchange.transport.ews;

import org.chatarchiver.msexchange.transport.ConnectionLimiter;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** The requests of one call, for one mailbox, within the call's time. Used by one thread. */
final class EwsSession {
    private final EwsClient client;
    private final ConnectionLimiter limiter;
    private final String mailbox;
    private final long end;
    private final Fence fence;

    /**
     * @param end as {@link System#nanoTime}
     * @param fence of what it changes
     */
    EwsSession(EwsClient client, ConnectionLimiter limiter, String mailbox, long end, Fence fence) {
        this.client = client;
        this.limiter = limiter;
        this.mailbox = mailbox;
        this.end = end;
        this.fence = fence;
    }

    String mailbox() {
        return mailbox;
    }

    boolean overdue() {
        return System.nanoTime() - end > 0;
    }

    Fault down() {
        return client.down();
    }

    TransportError error(EwsMessage message) {
        return EwsFaults.of(message, client.down());
    }

    /**
     * Pauses that the answer asks for are heeded from here on.
     *
     * @throws TransportException where the request was not made
     */
    EwsAnswer ask(EwsRequest request) throws TransportException, EwsLostException {
        if (overdue()) {
            throw TransportError.soon(Fault.BUSY, "the call took too long; the rest comes later")
                    .thrown();
        }
        EwsAnswer answer = client.ask(mailbox, request, end, fence);
        if (answer.refusal() != null) {
            heed(answer.refusal());
        }
        answer.messages().forEach(this::heed);
        return answer;
    }

    /** To a request for one thing, which must succeed. */
    EwsMessage require(EwsRequest request) throws TransportException, EwsLostException {
        EwsMessage message = ask(request).only();
        if (!message.success()) {
            throw error(message).thrown();
        }
        return message;
    }

    private void heed(EwsMessage message) {
        if (message.success()) {
            return;
        }
        TransportError error = error(message);
        if (error.asked() || error.fault() == Fault.THROTTLED) {
            limiter.throttle(mailbox, error.delay());
        }
    }
}
