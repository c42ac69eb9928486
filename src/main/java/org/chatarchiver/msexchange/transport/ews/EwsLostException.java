package org.chatarchiver.msexchange.transport.ews;

import org.chatarchiver.msexchange.transport.Trouble;

/** A request whose answer never came or could not be read. */
final class EwsLostException extends Exception {
    private final transient Trouble trouble;
    private final boolean sent;

    /** @param sent whether the whole request may have reached the server, and so have been carried out */
    EwsLostException(Trouble trouble, boolean sent) {
        super(trouble.fault() + ": " + trouble.detail());
        this.trouble = trouble;
        this.sent = sent;
    }

    Trouble trouble() {
        return trouble;
    }

    boolean sent() {
        return sent;
    }
}
