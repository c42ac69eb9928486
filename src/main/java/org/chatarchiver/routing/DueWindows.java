package org.chatarchiver.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.chatarchiver.telemessage.Window;
import org.chatarchiver.telemessage.Windows;
import org.springframework.stereotype.Component;

/** What a run that is not told its window asks for. */
@Component
class DueWindows {
    private final Watermarks watermarks;
    private final AskedWindows asked;
    private final FeedClocks clocks;
    private final Windows windows;

    DueWindows(Watermarks watermarks, AskedWindows asked, FeedClocks clocks, TelemessageProperties feed) {
        this.watermarks = watermarks;
        this.asked = asked;
        this.clocks = clocks;
        this.windows = feed.windows();
    }

    /**
     * Never empty: what is new and what is missing before it, windows that landed short (exactly as they were, so that the source's
     * count is of the same), then what is left of back-fills. A short window is asked for three times, and whenever somebody starts a
     * run by hand. A dry run asks for what is new and missing only.
     */
    Agenda of(String connector, Run.Cause cause, boolean dry) {
        Instant now = clocks.now();
        Optional<Instant> watermark = watermarks.of(connector);
        List<Window> landed = watermark.map(mark -> asked.landed(connector, mark)).orElse(List.of()).stream()
                .flatMap(window -> Window.cut(window.from(), window.to()).stream())
                .toList();
        List<Wanted> chain = new ArrayList<>();
        windows.next(watermark.orElse(null), landed, now).forEach(window -> chain.add(new Wanted(window, cause, null)));
        List<Wanted> backfills = new ArrayList<>();
        if (!dry) {
            lacking(connector, cause)
                    .forEach(wanted -> (wanted.cause() == Run.Cause.BACKFILL ? backfills : chain).add(wanted));
            asked.interruptedBackfills(connector).forEach(left -> backfills.addAll(backfill(left.from(), left.to())));
        }
        if (chain.isEmpty()) {
            chain.add(new Wanted(windows.again(watermark.orElse(now), now), cause, null));
        }
        chain.sort(Comparator.comparing(wanted -> wanted.window().from()));
        chain.addAll(backfills);
        return new Agenda(chain, clocks.skew(), 0);
    }

    /** Since when the feed has everything still. */
    Instant kept() {
        return clocks.now().minus(windows.retention());
    }

    /** The windows of a back-fill. */
    static List<Wanted> backfill(Instant from, Instant to) {
        return Window.cut(from, to).stream()
                .map(window -> new Wanted(window, Run.Cause.BACKFILL, to))
                .toList();
    }

    private List<Wanted> lacking(String connector, Run.Cause cause) {
        return asked.lacking(connector, kept()).stream()
                .filter(window -> cause == Run.Cause.MANUAL || window.attempts() < Runs.ATTEMPTS)
                .map(window -> new Wanted(
                        new Window(window.from(), window.to()),
                        window.backfill() ? Run.Cause.BACKFILL : cause,
                        window.backfill() ? window.to() : null))
                .toList();
    }
}
