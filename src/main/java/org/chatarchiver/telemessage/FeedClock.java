package org.chatarchiver.telemessage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Whose "now" counts for windows.
 *
 * @param now the time to use
 * @param deviation the feed's clock minus ours; zero where the feed gave no date
 * @param deviates whether the feed's clock is used because ours is off: to be alerted
 */
public record FeedClock(Instant now, Duration deviation, boolean deviates) {
    /** An HTTP date has no fractions of a second, and is a moment old when it arrives. */
    public static final Duration RESOLUTION = Duration.ofSeconds(2);

    /**
     * The feed's clock where it differs from ours by more than the settling time, else ours: windows are about when the feed received a
     * message, and a clock of ours that runs ahead would move the watermark over time that the feed has not lived yet.
     *
     * @param date value of the HTTP {@code Date} header; null or unreadable means that there is nothing to compare with
     */
    public static FeedClock choose(Instant ours, String date, Duration settle) {
        return httpDate(date)
                .map(feeds -> {
                    Duration deviation = Duration.between(ours, feeds);
                    boolean deviates = deviation.abs().compareTo(settle.plus(RESOLUTION)) > 0;
                    return new FeedClock(deviates ? feeds : ours, deviation, deviates);
                })
                .orElseGet(() -> new FeedClock(ours, Duration.ZERO, false));
    }

    /** An HTTP date in its preferred form (RFC 9110, 5.6.7). */
    static Optional<Instant> httpDate(String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
