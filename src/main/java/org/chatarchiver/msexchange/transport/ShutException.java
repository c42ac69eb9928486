package org.chatarchiver.msexchange.transport;

import java.io.IOException;

/** What was being sent was broken off before the server could carry it out, since another process may be sending it. */
public final class ShutException extends IOException {
    private static final long serialVersionUID = 1;

    ShutException() {
        super("broken off: this archiver was not heard of for too long, and another one may be sending the same");
    }

    /** The connection is lost, and by our own doing: neither the mailbox nor the destination is in trouble. */
    public TransportError error() {
        return TransportError.passing(Fault.LOST, getMessage());
    }
}
