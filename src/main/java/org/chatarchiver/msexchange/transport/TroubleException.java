package org.chatarchiver.msexchange.transport;

/** Carries a {@link Trouble} up to the call that it ends. */
public final class TroubleException extends Exception {
    private final transient Trouble trouble;

    TroubleException(Trouble trouble) {
        super(trouble.fault() + ": " + trouble.detail());
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
