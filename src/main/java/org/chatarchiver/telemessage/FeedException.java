package org.chatarchiver.telemessage;

import java.io.IOException;
import org.chatarchiver.ledger.Reason;

/** The feed did not give what was asked for. An {@link IOException}, since a body's limits are noticed while it is read. */
public abstract sealed class FeedException extends IOException permits FeedUnavailableException, FeedRefusedException {
    private final Reason reason;

    FeedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
