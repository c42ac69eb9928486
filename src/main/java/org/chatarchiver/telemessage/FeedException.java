package org.chatarchiver.telemessage;

import java.io.IOException;
import org.chatarchiver.ledger.Reason;

/** The feed did not give what was asked for. An {@link IOException}, since a body's limits are noticed while it is read. */
public abstract sealed class FeedException extends IOException permits FeedUnavailableException, FeedRefusedException {
    private final Reason reason;
    private final String kept;

    FeedException(Reason reason, String message, Throwable cause, String kept) {
        super(message, cause);
        this.reason = reason;
        this.kept = kept;
    }

    public Reason reason() {
        return reason;
    }

    /** Where what came instead lies in the landing zone; empty where nothing came. */
    public String kept() {
        return kept;
    }

    /** The same, of an answer that is kept. */
    public abstract FeedException kept(String path);
}
