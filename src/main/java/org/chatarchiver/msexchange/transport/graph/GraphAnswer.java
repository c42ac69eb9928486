package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.Text;

/**
 * The answer to one request, singly or in a batch.
 *
 * @param status by HTTP; {@link #NOT_RUN} for a request whose predecessor in a batch failed; 0 where a batch's answer has none for it
 * @param retryAfter null where the server did not say
 * @param body a missing node where there is none or it is not JSON
 */
record GraphAnswer(int status, Duration retryAfter, JsonNode body) {
    /** JSON batching, {@code dependsOn}: it was not run. */
    static final int NOT_RUN = 424;

    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;
    private static final int INSUFFICIENT_STORAGE = 507;

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the request may have been carried out nevertheless, or may still be: a gateway gives up before the mailbox server does. */
    boolean inDoubt() {
        return status == 0 || status == REQUEST_TIMEOUT || status >= 500 && status != INSUFFICIENT_STORAGE;
    }

    /** The server takes nothing at the moment, and says when it will (RFC 9110 15.6.4); a gateway that waited in vain cannot know that. */
    boolean comeBack() {
        return status == UNAVAILABLE && retryAfter != null;
    }

    /** The token is what is refused, as opposed to the mailbox: some mailboxes without a licence are answered with the same status. */
    boolean tokenRefused() {
        return status == UNAUTHORIZED && !code().toLowerCase(Locale.ROOT).contains("mailbox");
    }

    /** An upload session is known no more, or its key is valid no more. */
    boolean sessionEnded() {
        return status == NOT_FOUND || status == GONE || status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** The request is; some of Graph's servers say so by words alone: "The maximum request length supported is 4MB." */
    boolean tooLarge() {
        return status == TOO_LARGE
                || status == BAD_REQUEST
                        && code().equalsIgnoreCase("BadRequest")
                        && message().toLowerCase(Locale.ROOT).contains("maximum request length");
    }

    /** Such as {@code ErrorItemNotFound}; empty where there is none, so that it was perhaps not Graph that answered. */
    String code() {
        return body.path("error").path("code").asText("");
    }

    private String message() {
        return body.path("error").path("message").asText("");
    }

    /** For details: what the server gave as the reason, but for the words about a bad request, which can quote the e-mail. */
    @Override
    public String toString() {
        String words = status == BAD_REQUEST || message().isEmpty() ? "" : ": " + message();
        return Text.excerpt(status + (code().isEmpty() ? "" : " " + code() + words));
    }
}
