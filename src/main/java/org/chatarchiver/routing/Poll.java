package org.chatarchiver.routing;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.Window;

/**
 * Where the collection of a connector stands: the run at work, its next page, and the windows that come after it.
 *
 * @param page number of the page to be fetched next, from 1
 * @param cursor of that page; null for the first of a window
 * @param cursors digests of all cursors of this window, to notice one that repeats
 * @param elements of the pages so far
 * @param restarts how often the window was started again because a cursor was too old
 * @param summary of the page just fetched; null before
 * @param open whether there is anything left to fetch
 */
public record Poll(
        Connector connector,
        Run run,
        List<Window> later,
        int page,
        String cursor,
        Set<UUID> cursors,
        long elements,
        Long totalCount,
        int restarts,
        PageSummary summary,
        boolean open) {

    static Poll start(Connector connector, Run run, List<Window> later) {
        return new Poll(connector, run, List.copyOf(later), 1, null, new HashSet<>(), 0, null, 0, null, true);
    }

    Poll summarized(PageSummary found) {
        return new Poll(connector, run, later, page, cursor, cursors, elements, totalCount, restarts, found, open);
    }

    /** Whether the page just fetched names a cursor that was given before. */
    boolean cursorRepeats() {
        String next = summary.nextCursor();
        return next != null && !cursors.add(UUID.nameUUIDFromBytes(next.getBytes(StandardCharsets.UTF_8)));
    }

    /** The page is landed: on to the next one of the same window. */
    Poll turned() {
        Long total =
                summary.totalCount().isPresent() ? (Long) summary.totalCount().getAsLong() : totalCount;
        return new Poll(
                connector,
                run,
                later,
                page + 1,
                summary.nextCursor(),
                cursors,
                elements + summary.messages(),
                total,
                restarts,
                null,
                summary.nextCursor() != null);
    }

    /** The cursor is too old: the same window from its beginning, into further pages of the same run. */
    Poll restarted() {
        return new Poll(connector, run, later, page, null, new HashSet<>(), 0, null, restarts + 1, null, true);
    }

    Poll ended() {
        return new Poll(connector, run, List.of(), page, null, cursors, elements, totalCount, restarts, null, false);
    }

    Window window() {
        return new Window(run.from(), run.to());
    }
}
