package org.chatarchiver.telemessage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
     * From the watermark less the overlap up to now less the settling time, oldest first; empty when nothing new can have settled.
     * What lies between the watermark and the retention limit is always asked for, however old it is: a gap must show, not be skipped.
     *
     * @param watermark end of the gap-free chain of landed windows; null on the first run, which takes the previous 24 hours
     */
    public List<Window> next(Instant watermark, Instant now) {
        Instant end = now.minus(settle).truncatedTo(ChronoUnit.SECONDS);
        if (watermark == null) {
            return Window.cut(end.minus(Window.LONGEST), end);
        }
        return watermark.isBefore(end) ? Window.cut(start(watermark, now), end) : List.of();
    }

    private Instant start(Instant watermark, Instant now) {
        Instant wanted = watermark.minus(overlap);
        Instant oldest = now.minus(retention);
        Instant start = wanted.isBefore(oldest) ? oldest : wanted;
        return start.isBefore(watermark) ? start.truncatedTo(ChronoUnit.SECONDS) : watermark;
    }
}
