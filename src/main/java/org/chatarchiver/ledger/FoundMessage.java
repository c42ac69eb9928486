package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.List;

/**
 * All that the ledger knows of a revision of a message; never a message's text.
 *
 * @param run that met it first
 * @param page that it was met in; null where the ledger does not know that
 * @param captures those behind the first one, which stands in the revision
 * @param items by their targets; none while they are on their way for the first time
 * @param entries of the channels, of whatever became of them
 */
public record FoundMessage(
        Revision revision,
        FoundRun run,
        FoundPage page,
        List<Capture> captures,
        List<FoundItem> items,
        List<FoundEntry> entries) {

    /** @param folder that its e-mails go into; null where that was not kept */
    public record FoundRun(String id, Run.State state, Instant from, Instant to, String folder) {}

    /** @param done whether everything in it has had an outcome */
    public record FoundPage(String path, String sha256, Instant landed, boolean done) {}

    /** @param updated when its state was last written: when it was delivered, for a delivered one */
    public record FoundItem(Item item, Instant updated) {}

    /** @param target of the item that it is an entry of */
    public record FoundEntry(String target, Channels.Entry entry) {}
}
