package org.chatarchiver.telemessage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;

/** What an HTTP status of the feed means; bodies are not looked at. */
public sealed interface FeedAnswer {
    /** No pause asked for is longer. */
    Duration LONGEST_PAUSE = Duration.ofHours(1);

    Duration FOR_EVER = Duration.ofDays(36_525);

    /** 200: the body is what was asked for. */
    record Ok() implements FeedAnswer {}

    /** A page may be asked for again only after more than an hour, which no run waits for. */
    record Paused(int status, Instant until) implements FeedAnswer {}

    /** @param delay as asked for by {@code Retry-After}, at most an hour; null where the feed does not say */
    record Retry(Reason reason, int status, Duration delay) implements FeedAnswer {}

    /**
     * @param location of a redirect, which is never followed; null otherwise
     * @param attachment whether it is one attachment that was asked for
     */
    record Refused(Reason reason, int status, String location, boolean attachment) implements FeedAnswer {}

    /** 410 for a page: the window is started again. */
    record CursorExpired() implements FeedAnswer {}

    /** 404 or 410 for an attachment: the item is partially imported. */
    record Gone() implements FeedAnswer {}

    /** @param retryAfter and location: the headers of those names, or null */
    static FeedAnswer ofPage(int status, String retryAfter, String location, Instant now) {
        if (status == 410) {
            return new CursorExpired();
        }
        FeedAnswer answer = of(status, retryAfter, location, now, false);
        Duration asked = delay(retryAfter, now);
        return answer instanceof Retry && asked != null && asked.compareTo(LONGEST_PAUSE) > 0
                ? new Paused(status, now.plus(asked).truncatedTo(ChronoUnit.SECONDS))
                : answer;
    }

    /** @param retryAfter and location: the headers of those names, or null */
    static FeedAnswer ofAttachment(int status, String retryAfter, String location, Instant now) {
        return status == 404 || status == 410 ? new Gone() : of(status, retryAfter, location, now, true);
    }

    private static FeedAnswer of(int status, String retryAfter, String location, Instant now, boolean attachment) {
        if (status == 200) {
            return new Ok();
        }
        if (status == 429 || status == 408 || status >= 500) {
            return new Retry(Reason.SOURCE_UNAVAILABLE, status, atMostAnHour(delay(retryAfter, now)));
        }
        if (status >= 300 && status < 400) {
            return new Refused(Reason.SOURCE_REDIRECT, status, location, attachment);
        }
        return switch (status) {
            case 401 -> new Refused(Reason.SOURCE_UNAUTHORIZED, status, null, attachment);
            case 403 -> new Refused(Reason.SOURCE_FORBIDDEN, status, null, attachment);
            default -> new Refused(Reason.SOURCE_REFUSED, status, null, attachment);
        };
    }

    private static Duration delay(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.strip();
        Duration delay = value.matches("\\d+")
                ? (value.length() > 9 ? FOR_EVER : Duration.ofSeconds(Long.parseLong(value)))
                : FeedClock.httpDate(value)
                        .map(then -> Duration.between(now, then))
                        .orElse(null);
        return delay != null && delay.isNegative() ? Duration.ZERO : delay;
    }

    private static Duration atMostAnHour(Duration delay) {
        return delay == null || delay.compareTo(LONGEST_PAUSE) <= 0 ? delay : LONGEST_PAUSE;
    }

    /**
     * Nothing where the body can be used, or where the caller has its own way on (an expired cursor, a gone attachment).
     *
     * @param passwordFile where the password comes from, for the message; it is not read
     * @throws FeedException naming the thing, the status and the cure
     */
    default void orThrow(URI uri, String userName, Path passwordFile) throws FeedException {
        String place = FeedRequest.place(uri);
        if (this instanceof Retry retry) {
            throw new FeedUnavailableException(
                    retry.reason, retry.delay, retry.status + " from " + place + ": tried again later", null);
        }
        if (this instanceof Paused paused) {
            throw new FeedRefusedException(
                    Reason.SOURCE_PAUSED,
                    paused.status + " from " + place + ": the feed asks to be left alone until " + paused.until
                            + ", longer than a run waits; ask TeleMessage why, and start it again after that");
        }
        if (this instanceof Refused refused) {
            throw new FeedRefusedException(
                    refused.reason, refused.status + " from " + place + ": " + cure(refused, userName, passwordFile));
        }
    }

    private static String cure(Refused refused, String userName, Path passwordFile) {
        return switch (refused.reason) {
            case SOURCE_UNAUTHORIZED ->
                "check user name " + Printable.quoted(userName) + " and the file " + passwordFile;
            case SOURCE_FORBIDDEN ->
                refused.attachment
                        ? "ask TeleMessage to open it for user name " + Printable.quoted(userName)
                        : "ask TeleMessage to open this network for user name " + Printable.quoted(userName)
                                + ", or correct the connector's network";
            case SOURCE_REDIRECT -> "redirects are not followed" + elsewhere(refused);
            default ->
                refused.attachment
                        ? "ask TeleMessage for this attachment"
                        : "the feed does not know this request; check archiver.telemessage.base-url";
        };
    }

    private static String elsewhere(Refused redirect) {
        if (redirect.location == null) {
            return ", and this one names no other place; ask TeleMessage about it";
        }
        String place = Printable.quoted(bare(redirect.location));
        return redirect.attachment
                ? "; ask TeleMessage why this attachment is at " + place
                : "; if " + place + " is right, set archiver.telemessage.base-url to it";
    }

    /** A redirect's location without what may be a key to it: a user, a signature or a token of a log-in. */
    static String bare(String location) {
        return location.replaceFirst("(?s)[?#].*", "").replaceFirst("//[^/]*@", "//");
    }
}
