package org.chatarchiver.msexchange.transport.ews;

import org.chatarchiver.msexchange.transport.TransportError;

/** A request whose answer never came or could not be read. */
final class EwsLostException extends Exception {
    private final transient TransportError error;
    private final boolean sent;

    /** @param sent whether the whole request may have reached the server, and so have been carried out */
    EwsLostException(TransportError error, boolean sent) {
        super(error.fault() + ": " + error.detail());
        this.error = error;
        this.sent = sent;
    }

    TransportError error() {
        return error;
    }

    boolean sent() {
        return sent;
    }
}
