package org.chatarchiver.msexchange.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** How long a server wants to be left alone: seconds or a date (RFC 9110 10.2.3). */
public final class RetryAfter {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** At least a second and at most an hour; null where nothing, or nothing understandable, is said. */
    public static Duration parse(String value) {
        if (value == null) {
            return null;
        }
        Duration delay = delay(value.strip());
        if (delay == null) {
            return null;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
    }

    private static Duration delay(String value) {
        if (value.matches("\\d+")) {
            return value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            return Duration.between(Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
        } catch (DateTimeException neitherSecondsNorDate) {
            return null;
        }
    }
}
