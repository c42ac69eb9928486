package org.chatarchiver.telemessage;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
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

    /** For a failure below HTTP: {@code SOURCE_STALLED} after a time-out, else {@code SOURCE_UNAVAILABLE}. */
    public static FeedUnavailableException of(URI uri, IOException cause) {
        boolean stalled = cause instanceof SocketTimeoutException;
        return new FeedUnavailableException(
                stalled ? Reason.SOURCE_STALLED : Reason.SOURCE_UNAVAILABLE,
                null,
                (stalled ? "No byte in time from " : "No answer from ") + FeedRequest.place(uri) + ": "
                        + Outside.quote(String.valueOf(cause.getMessage()))
                        + ": check archiver.telemessage.base-url and the network",
                cause);
    }

    /** How long the feed asks to be left alone, at most an hour; empty where it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
