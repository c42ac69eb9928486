package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.List;

/**
 * All that the ledger knows of a revision of a message; never a message's text.
 *
 * @param run that met it first
 * @param page that it was met in; null where the ledger does not know that
 * @param captures those behind the first one, which stands in the revision
 * @param items by their targets, {@value #MOST_ITEMS} at most; none while they are on their way for the first time
 * @param cut whether it has more items than these
 * @param inWork whether a page that it was met in is not done: more items may follow
 * @param entries of the channels, of whatever became of them
 */
public record FoundMessage(
        Revision revision,
        FoundRun run,
        FoundPage page,
        List<Capture> captures,
        List<FoundItem> items,
        boolean cut,
        boolean inWork,
        List<FoundEntry> entries) {
    public static final int MOST_ITEMS = 1_000;

    /** @param folder that its e-mails go into; null where that was not kept */
    public record FoundRun(String id, Run.State state, Instant from, Instant to, String folder) {}

    /**
     * @param done whether everything in it has had an outcome
     * @param removed when retention removed it from the landing zone; null while it is there
     */
    public record FoundPage(String path, String sha256, Instant landed, boolean done, Instant removed) {}

    /**
     * @param updated when its state was last written: for a delivered one when it was delivered, or was last found there
     * @param folder that its run delivers into; null where that was not kept
     */
    public record FoundItem(Item item, Instant updated, String folder, Replayed replayed) {}

    /** What replays have to do with an item. */
    public enum Replayed {
        /** Nothing that still counts. */
        NOT,
        /** One that is under way looks for it, or is about to. */
        LOOKED_FOR,
        /** One that is under way has not found it, and has it sent again. */
        MISSING,
        /** The last one has found it. */
        CONFIRMED
    }

    /** @param target of the item that it is an entry of */
    public record FoundEntry(String target, Channels.Entry entry) {}
}
