package org.chatarchiver.telemessage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which windows a scheduled run asks for. Pure: the watermark and the clock are the caller's.
 *
 * @param settle how long the end of a window stays behind now, so that the feed has all of it
 * @param overlap how much before the watermark is read again for late arrivals
 * @param retention how long the feed keeps messages: the overlap does not reach back further
 */
public record Windows(Duration settle, Duration overlap, Duration retention) {

    /**
     * What is missing between the watermark and now less the settling time, oldest first: the gaps between the windows that have landed
     * beyond the watermark, and what is new, which begins an overlap before them. Empty when nothing new can have settled. What lies
     * between the watermark and the retention limit is always asked for, however old it is: a gap must show, not be skipped.
     *
     * @param watermark end of the gap-free chain of landed windows; null on the first run, which takes the previous 24 hours
     * @param landed windows beyond the watermark that need not be asked for
     */
    public List<Window> next(Instant watermark, List<Window> landed, Instant now) {
        Instant end = settled(now);
        if (watermark == null) {
            return Window.cut(end.minus(Window.LONGEST), end);
        }
        List<Window> found = new ArrayList<>();
        Instant reached = watermark;
        for (Window window :
                landed.stream().sorted(Comparator.comparing(Window::from)).toList()) {
            found.addAll(Window.cut(reached, window.from().isBefore(end) ? window.from() : end));
            reached = window.to().isAfter(reached) ? window.to() : reached;
        }
        if (reached.isBefore(end)) {
            found.addAll(Window.cut(start(reached, now), end));
        }
        return List.copyOf(found);
    }

    /** What is read again when nothing is new: the last overlap, however far ahead a clock that ran fast has put the watermark. */
    public Window again(Instant watermark, Instant now) {
        Instant end = watermark.isBefore(settled(now)) ? watermark : settled(now);
        Duration length = overlap.isZero() ? settle : overlap;
        length = length.compareTo(Window.LONGEST) > 0 ? Window.LONGEST : length;
        return new Window(end.minus(length.isZero() ? Duration.ofMinutes(1) : length), end);
    }

    private Instant settled(Instant now) {
        return now.minus(settle).truncatedTo(ChronoUnit.SECONDS);
    }

    private Instant start(Instant watermark, Instant now) {
        Instant wanted = watermark.minus(overlap);
        Instant oldest = now.minus(retention);
        Instant start = wanted.isBefore(oldest) ? oldest : wanted;
        return start.isBefore(watermark) ? start.truncatedTo(ChronoUnit.SECONDS) : watermark;
    }
}
