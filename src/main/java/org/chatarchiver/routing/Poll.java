package org.chatarchiver.routing;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.telemessage.MessageIds;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.Window;

/**
 * Where the collection of a connector stands: the run at work, its next page, and the windows that come after it.
 *
 * @param page number of the page to be fetched next, from 1
 * @param cursor of that page; null for the first of a window
 * @param cursors digests of all cursors of this window, to notice one that repeats
 * @param ids of the messages of this window so far, with their owners
 * @param totalCount the feed's own count; null where it gave none
 * @param restarts how often the window was started again because a cursor was too old
 * @param empty pages without a message, in a row, that came last
 * @param summary of the page just fetched; null before
 * @param open whether there is anything left to fetch
 */
public record Poll(
        Connector connector,
        Run run,
        Agenda agenda,
        int page,
        String cursor,
        Set<UUID> cursors,
        MessageIds ids,
        Long totalCount,
        int restarts,
        int empty,
        PageSummary summary,
        boolean open) {

    static Poll start(Connector connector, Run run, Agenda behind) {
        return new Poll(connector, run, behind, 1, null, new HashSet<>(), new MessageIds(), null, 0, 0, null, true);
    }

    Poll summarized(PageSummary found) {
        int emptyInRow = found.messages() == 0 ? empty + 1 : 0;
        return new Poll(
                connector, run, agenda, page, cursor, cursors, ids, totalCount, restarts, emptyInRow, found, open);
    }

    /** Whether the page just fetched names a cursor that was given before. */
    boolean cursorRepeats() {
        String next = summary.nextCursor();
        return next != null && !cursors.add(UUID.nameUUIDFromBytes(next.getBytes(StandardCharsets.UTF_8)));
    }

    /** The page is landed: on to the next one of the same window. */
    Poll turned() {
        ids.addAll(summary.ids());
        Long total =
                summary.totalCount().isPresent() ? (Long) summary.totalCount().getAsLong() : totalCount;
        String next = summary.nextCursor();
        return new Poll(
                connector, run, agenda, page + 1, next, cursors, ids, total, restarts, empty, null, next != null);
    }

    /** The cursor is too old: the same window from its beginning, into further pages of the same run. */
    Poll restarted() {
        return new Poll(
                connector,
                run,
                agenda,
                page,
                null,
                new HashSet<>(),
                new MessageIds(),
                null,
                restarts + 1,
                0,
                null,
                true);
    }

    Poll ended() {
        return new Poll(connector, run, agenda, page, null, cursors, ids, totalCount, restarts, 0, null, false);
    }

    /** Whether as many different captures have arrived as the feed says it has; it may not say. */
    boolean whole() {
        return totalCount == null || totalCount == ids.distinct();
    }

    Window window() {
        return new Window(run.from(), run.to());
    }
}
