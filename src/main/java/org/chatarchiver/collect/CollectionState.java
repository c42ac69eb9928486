package org.chatarchiver.collect;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.telemessage.DistinctCaptures;
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
 * @param tries of the page to be fetched next that have failed so far
 * @param restarts how often the window was started again because a cursor was too old
 * @param empty pages without a message, in a row, that came last
 * @param summary of the page just fetched; null before
 * @param open whether there is anything left to fetch
 */
public record CollectionState(
        Connector connector,
        Run run,
        WindowQueue windowQueue,
        int page,
        String cursor,
        Set<UUID> cursors,
        DistinctCaptures ids,
        Long totalCount,
        int tries,
        int restarts,
        int empty,
        PageSummary summary,
        boolean open) {

    public static CollectionState start(Connector connector, Run run, WindowQueue behind) {
        return new CollectionState(
                connector, run, behind, 1, null, new HashSet<>(), new DistinctCaptures(), null, 0, 0, 0, null, true);
    }

    CollectionState summarized(PageSummary found) {
        int emptyInRow = found.messages() == 0 ? empty + 1 : 0;
        return new CollectionState(
                connector,
                run,
                windowQueue,
                page,
                cursor,
                cursors,
                ids,
                totalCount,
                tries,
                restarts,
                emptyInRow,
                found,
                open);
    }

    /** Another try of the page at hand. */
    CollectionState triedAgain() {
        return new CollectionState(
                connector,
                run,
                windowQueue,
                page,
                cursor,
                cursors,
                ids,
                totalCount,
                tries + 1,
                restarts,
                empty,
                null,
                open);
    }

    /** The run has landed this page before its archiver ended: on behind it. */
    public CollectionState resumed(int number, PageSummary landed) {
        return new CollectionState(
                        connector,
                        run,
                        windowQueue,
                        number,
                        cursor,
                        cursors,
                        ids,
                        totalCount,
                        0,
                        restarts,
                        empty,
                        null,
                        open)
                .summarized(landed)
                .turned();
    }

    /** What the run has landed does not tell how to go on: the window from its beginning, into further pages. */
    public CollectionState afresh(int last) {
        return fromTheBeginning(last + 1, restarts);
    }

    private CollectionState fromTheBeginning(int number, int restarted) {
        return new CollectionState(
                connector,
                run,
                windowQueue,
                number,
                null,
                new HashSet<>(),
                new DistinctCaptures(),
                null,
                0,
                restarted,
                0,
                null,
                true);
    }

    /** Whether the page just fetched names a cursor that was given before. */
    boolean cursorRepeats() {
        String next = summary.nextCursor();
        return next != null && !cursors.add(UUID.nameUUIDFromBytes(next.getBytes(StandardCharsets.UTF_8)));
    }

    /** The page is landed: on to the next one of the same window. */
    CollectionState turned() {
        ids.addAll(summary.ids());
        Long total =
                summary.totalCount().isPresent() ? (Long) summary.totalCount().getAsLong() : totalCount;
        String next = summary.nextCursor();
        return new CollectionState(
                connector,
                run,
                windowQueue,
                page + 1,
                next,
                cursors,
                ids,
                total,
                0,
                restarts,
                empty,
                null,
                next != null);
    }

    /** The cursor is too old: the same window from its beginning, into further pages of the same run. */
    CollectionState restarted() {
        return fromTheBeginning(page, restarts + 1);
    }

    CollectionState ended() {
        return new CollectionState(
                connector, run, windowQueue, page, null, cursors, ids, totalCount, tries, restarts, 0, null, false);
    }

    /** Whether as many different captures have arrived as the feed says it has; it may not say. */
    boolean whole() {
        return totalCount == null || totalCount == ids.distinct();
    }

    Window window() {
        return new Window(run.from(), run.to());
    }
}
