package org.chatarchiver.collect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
public class DueWindows {
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
     * count is of the same). A short window is asked for three times, and whenever somebody starts a
     * run by hand. A dry run asks for what is new and missing only.
     */
    WindowQueue of(String connector, Run.Cause cause, boolean dry) {
        Instant now = clocks.now();
        Optional<Instant> watermark = watermarks.of(connector);
        List<PendingWindow> wanted = wanted(connector, cause, dry, landed(connector, watermark), now);
        if (wanted.stream().allMatch(one -> one.cause() == Run.Cause.BACKFILL)) {
            wanted.add(0, new PendingWindow(windows.again(watermark.orElse(now), now), cause, null));
        }
        return new WindowQueue(wanted, clocks.skew(), 0);
    }

    /**
     * What was to come behind a run that is taken up again; may be empty.
     *
     * @param wishTo end of the whole back-fill that it is a part of
     */
    public WindowQueue behind(Run run, Instant wishTo) {
        if (run.cause() == Run.Cause.BACKFILL) {
            return new WindowQueue(backfill(run.to(), wishTo), null, 0);
        }
        List<Window> landed = new ArrayList<>(landed(run.connector(), watermarks.of(run.connector())));
        landed.add(new Window(run.from(), run.to()));
        List<PendingWindow> wanted = wanted(run.connector(), run.cause(), run.dry(), landed, run.started());
        wanted.removeIf(one -> one.isOf(run));
        return new WindowQueue(wanted, clocks.skew(), 0);
    }

    private List<Window> landed(String connector, Optional<Instant> watermark) {
        return watermark.map(mark -> asked.landed(connector, mark)).orElse(List.of()).stream()
                .flatMap(window -> Window.cut(window.from(), window.to()).stream())
                .toList();
    }

    private List<PendingWindow> wanted(
            String connector, Run.Cause cause, boolean dry, List<Window> landed, Instant now) {
        Instant watermark = watermarks.of(connector).orElse(null);
        List<PendingWindow> chain = new ArrayList<>();
        windows.next(watermark, landed, now).forEach(window -> chain.add(new PendingWindow(window, cause, null)));
        List<PendingWindow> backfills = new ArrayList<>();
        if (!dry) {
            lacking(connector, cause)
                    .forEach(wanted -> (wanted.cause() == Run.Cause.BACKFILL ? backfills : chain).add(wanted));
        }
        chain.sort(Comparator.comparing(wanted -> wanted.window().from()));
        chain.addAll(backfills);
        return chain;
    }

    /** Where the first run of a connector would begin now. */
    Instant beginning() {
        return windows.next(null, List.of(), clocks.now()).get(0).from();
    }

    /**
     * Where the windows begin that the source is still to be asked for: what is new, what landed short, the rest of a back-fill.
     *
     * @param kept windows that begin earlier are left out, but for what is new
     */
    List<Instant> missingSince(String connector, Instant kept) {
        return Stream.concat(
                        watermarks.of(connector).stream(),
                        Stream.concat(
                                        asked.backfilling(connector).stream(),
                                        asked.lacking(connector, kept).stream()
                                                .filter(window -> window.attempts() < Runs.ATTEMPTS)
                                                .map(AskedWindows.Lacking::from))
                                .filter(from -> !from.isBefore(kept)))
                .toList();
    }

    /** Until when, by our clock, the feed keeps what it received at an instant by its own. */
    Instant keptUntil(Instant received) {
        return received.plus(windows.retention()).minus(clocks.skew());
    }

    /** Since when the feed has everything still. */
    Instant kept() {
        return clocks.now().minus(windows.retention());
    }

    /** Since when the feed had everything at an instant by our clock. */
    Instant kept(Instant at) {
        return at.plus(clocks.skew()).minus(windows.retention());
    }

    /** The windows of a back-fill. */
    static List<PendingWindow> backfill(Instant from, Instant to) {
        return Window.cut(from, to).stream()
                .map(window -> new PendingWindow(window, Run.Cause.BACKFILL, to))
                .toList();
    }

    private List<PendingWindow> lacking(String connector, Run.Cause cause) {
        return asked.lacking(connector, kept()).stream()
                .filter(window -> cause == Run.Cause.MANUAL || window.attempts() < Runs.ATTEMPTS)
                .map(window -> new PendingWindow(
                        new Window(window.from(), window.to()),
                        window.backfill() ? Run.Cause.BACKFILL : cause,
                        window.backfill() ? window.to() : null))
                .toList();
    }
}
