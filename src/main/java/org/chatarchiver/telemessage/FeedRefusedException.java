package org.chatarchiver.telemessage;

import org.chatarchiver.ledger.Reason;

/** Stays so until somebody changes something: the run ends. */
public final class FeedRefusedException extends FeedException {
    public FeedRefusedException(Reason reason, String message) {
        super(reason, message, null);
    }
}
