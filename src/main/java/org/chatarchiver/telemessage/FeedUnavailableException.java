package org.chatarchiver.telemessage;

import java.time.Duration;
import java.util.Optional;
import org.chatarchiver.ledger.Reason;

/** May pass: the same request is worth another try. */
public final class FeedUnavailableException extends FeedException {
    private final transient Duration retryAfter;

    public FeedUnavailableException(Reason reason, Duration retryAfter, String message, Throwable cause) {
        super(reason, message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the feed asks to be left alone, at most an hour; empty where it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
