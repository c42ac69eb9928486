package org.chatarchiver.telemessage;

import java.time.Duration;
import java.util.Optional;
import org.chatarchiver.ledger.Reason;

/** May pass: the same request is worth another try. */
public final class FeedUnavailableException extends FeedException {
    private final transient Duration retryAfter;

    public FeedUnavailableException(Reason reason, Duration retryAfter, String message, Throwable cause) {
        this(reason, retryAfter, message, cause, "");
    }

    private FeedUnavailableException(Reason reason, Duration retryAfter, String message, Throwable cause, String kept) {
        super(reason, message, cause, kept);
        this.retryAfter = retryAfter;
    }

    @Override
    public FeedUnavailableException kept(String path) {
        return new FeedUnavailableException(reason(), retryAfter, getMessage(), getCause(), path);
    }

    /** How long the feed asks to be left alone, at most an hour; empty where it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
