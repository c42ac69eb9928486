package org.chatarchiver.telemessage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The half-open range of time [from, to) that the feed is asked for.
 *
 * @param from first instant that belongs to the window
 * @param to first instant behind it, at most 24 hours later
 */
public record Window(Instant from, Instant to) {

    /** The longest window that is asked for at once. */
    public static final Duration LONGEST = Duration.ofHours(24);

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Window from " + from + " to " + to + " is empty: 'from' must be before 'to'");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Window from " + from + " to " + to + " is longer than 24 hours: cut it first");
        }
    }

    /** Gap-free windows from the first instant to the last, oldest first, all but the last of 24 hours; none where there is no time between. */
    public static List<Window> cut(Instant from, Instant to) {
        List<Window> windows = new ArrayList<>();
        for (Instant start = from; start.isBefore(to); start = start.plus(LONGEST)) {
            Instant end = start.plus(LONGEST);
            windows.add(new Window(start, end.isBefore(to) ? end : to));
        }
        return List.copyOf(windows);
    }
}
