package org.chatarchiver.msexchange.transport;

/** Carries a {@link TransportError} up to the call that it ends. */
public final class TransportException extends Exception {
    private final transient TransportError error;

    TransportException(TransportError error) {
        super(error.fault() + ": " + error.detail());
        this.error = error;
    }

    public TransportError error() {
        return error;
    }
}
