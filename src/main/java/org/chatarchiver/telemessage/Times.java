package org.chatarchiver.telemessage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;

/** The feed's times: {@code yyyy-MM-dd'T'HH:mm:ss'Z'} or epoch milliseconds, as a number or in a string. */
final class Times {
    private static final Pattern MILLIS = Pattern.compile("-?\\d+");
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    private Times() {}

    /** @throws Bad where the text is no time, or one before 1990 or more than a day after the page was landed */
    static Instant messageTime(String text, Instant landedAt) throws Bad {
        if (text.isBlank()) {
            throw new Bad(Reason.TIME_MISSING, "The field messageTime is missing");
        }
        Instant time = parse(text.strip());
        if (time == null) {
            throw new Bad(Reason.TIME_INVALID, "messageTime " + Printable.quoted(text) + " is no time");
        }
        if (!inRange(time, landedAt)) {
            throw new Bad(
                    Reason.TIME_OUT_OF_RANGE,
                    "messageTime " + Printable.quoted(text)
                            + " is before 1990 or more than a day after the page was landed");
        }
        return time;
    }

    /** The start or end of a call; null where it is unknown, unreadable or out of range, since the call is evidence without it. */
    static Instant callTime(String text, Instant landedAt) {
        Instant time = parse(text.strip());
        return time == null || !inRange(time, landedAt) ? null : time;
    }

    private static boolean inRange(Instant time, Instant landedAt) {
        return !time.isBefore(EARLIEST) && !time.isAfter(landedAt.plus(AHEAD));
    }

    private static Instant parse(String text) {
        try {
            if (MILLIS.matcher(text).matches()) {
                // Nineteen digits or more are beyond any date: an instant out of range, not an unreadable one.
                return text.length() > 18 ? Instant.MAX : Instant.ofEpochMilli(Long.parseLong(text));
            }
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A message time that cannot be used. */
    static final class Bad extends Exception {
        private final Reason reason;

        private Bad(Reason reason, String sentence) {
            super(sentence);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
