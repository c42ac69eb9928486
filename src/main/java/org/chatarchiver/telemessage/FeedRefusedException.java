package org.chatarchiver.telemessage;

import org.chatarchiver.ledger.Reason;

/** Stays so until somebody changes something: the run ends. */
public final class FeedRefusedException extends FeedException {
    public FeedRefusedException(Reason reason, String message) {
        this(reason, message, null, "");
    }

    private FeedRefusedException(Reason reason, String message, Throwable cause, String kept) {
        super(reason, message, cause, kept);
    }

    @Override
    public FeedRefusedException kept(String path) {
        return new FeedRefusedException(reason(), getMessage(), getCause(), path);
    }
}
