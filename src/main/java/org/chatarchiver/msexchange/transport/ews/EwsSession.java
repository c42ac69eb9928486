package org.chatarchiver.msexchange.transport.ews;

import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Gate;
import org.chatarchiver.msexchange.transport.Trouble;
import org.chatarchiver.msexchange.transport.TroubleException;

/** The requests of one call, for one mailbox, within the call's time. Used by one thread. */
final class EwsSession {
    private final EwsClient client;
    private final Gate gate;
    private final String mailbox;
    private final long end;

    /** @param end as {@link System#nanoTime} */
    EwsSession(EwsClient client, Gate gate, String mailbox, long end) {
        this.client = client;
        this.gate = gate;
        this.mailbox = mailbox;
        this.end = end;
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

    Trouble trouble(EwsMessage message) {
        return EwsFaults.of(message, client.down());
    }

    /**
     * Pauses that the answer asks for are heeded from here on.
     *
     * @throws TroubleException where the request was not made
     */
    EwsAnswer ask(EwsRequest request) throws TroubleException, EwsLostException {
        if (overdue()) {
            throw Trouble.soon(Fault.BUSY, "the call took too long; the rest comes later")
                    .thrown();
        }
        EwsAnswer answer = client.ask(mailbox, request, end);
        if (answer.refusal() != null) {
            heed(answer.refusal());
        }
        answer.messages().forEach(this::heed);
        return answer;
    }

    /** To a request for one thing, which must succeed. */
    EwsMessage require(EwsRequest request) throws TroubleException, EwsLostException {
        EwsMessage message = ask(request).only();
        if (!message.success()) {
            throw trouble(message).thrown();
        }
        return message;
    }

    private void heed(EwsMessage message) {
        if (message.success()) {
            return;
        }
        Trouble trouble = trouble(message);
        if (trouble.asked() || trouble.fault() == Fault.THROTTLED) {
            gate.throttle(mailbox, trouble.delay());
        }
    }
}
