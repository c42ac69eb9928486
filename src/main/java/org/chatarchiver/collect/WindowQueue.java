package org.chatarchiver.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;

/**
 * The windows that a collection is still to ask for. Each is a run of its own: one that fails is asked for again later, those behind it
 * all the same now, unless they would fail as surely.
 *
 * @param skew by which the feed's clock was ahead of ours when the windows were chosen; null where they do not depend on any clock
 * @param unreachable windows in a row, up to the one at work, for which the feed could not be reached
 */
record WindowQueue(List<PendingWindow> windows, Duration skew, int unreachable) {
    private static final Set<Reason> SURE_TO_STAY = Set.of(
            Reason.SOURCE_UNAUTHORIZED,
            Reason.SOURCE_FORBIDDEN,
            Reason.SOURCE_REDIRECT,
            Reason.SOURCE_UNTRUSTED,
            Reason.PASSWORD_MISSING,
            Reason.LANDING_FAILED,
            Reason.SOURCE_PAUSED,
            Reason.RUN_INTERRUPTED);
    private static final Set<Reason> UNREACHABLE = Set.of(Reason.SOURCE_UNAVAILABLE, Reason.SOURCE_STALLED);

    /** A back-fill may be of a year: it does not keep the connector's lease for all of it while the feed is down. */
    private static final int BACKFILL_PATIENCE = 3;

    WindowQueue {
        windows = List.copyOf(windows);
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    PendingWindow first() {
        return windows.get(0);
    }

    /** Without the first, which is at work now. */
    WindowQueue rest() {
        return new WindowQueue(windows.subList(1, windows.size()), skew, unreachable);
    }

    /** Without one that is at work now, and held to no clock any more: clocks that run wild must not choose for ever. */
    WindowQueue without(PendingWindow atWork) {
        return new WindowQueue(
                windows.stream().filter(wanted -> !wanted.equals(atWork)).toList(), null, unreachable);
    }

    /** The window at work has landed. */
    WindowQueue landed() {
        return new WindowQueue(windows, skew, 0);
    }

    /** The window at work has failed: what is asked for all the same. */
    WindowQueue failed(Reason reason, Run.Cause cause) {
        int inRow = UNREACHABLE.contains(reason) ? unreachable + 1 : 0;
        boolean ends = SURE_TO_STAY.contains(reason) || (cause == Run.Cause.BACKFILL && inRow >= BACKFILL_PATIENCE);
        return new WindowQueue(ends ? List.of() : windows, skew, inRow);
    }

    /** Where the last window ends; it must not be empty. */
    Instant end() {
        return windows.get(windows.size() - 1).window().to();
    }
}
