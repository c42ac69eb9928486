package org.chatarchiver.delivery;

import java.util.List;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.Lookup;

/**
 * What goes to one mailbox in one append.
 *
 * @param doubtful whether some of it was sent before with an unknown outcome, and is looked for first
 * @param failures what was given up before it could be sent
 * @param fence shut once another archiver may have the page that it is of
 */
public record MailboxBatch(
        String mailbox, String folder, List<Posting> postings, boolean doubtful, List<Failure> failures, Fence fence) {
    public MailboxBatch(String mailbox, String folder, List<Posting> postings, boolean doubtful, Fence fence) {
        this(mailbox, folder, postings, doubtful, List.of(), fence);
    }

    /** What is left of it, none of it in doubt. */
    MailboxBatch left(List<Posting> some, List<Failure> givenUp) {
        return new MailboxBatch(mailbox, folder, some, false, givenUp, fence);
    }

    /**
     * An item with its e-mail.
     *
     * @param doubtful whether it may be in the mailbox already
     */
    public record Posting(SentMessage message, Item item, Email email, boolean doubtful) {}

    /** The body of {@code microsoft-exchange:append}. */
    public Batch emails() {
        return new Batch(mailbox, folder, postings.stream().map(Posting::email).toList(), fence);
    }

    /** The body of {@code microsoft-exchange:find}. */
    public Lookup lookup() {
        return new Lookup(
                mailbox,
                folder,
                postings.stream()
                        .filter(Posting::doubtful)
                        .map(posting -> posting.email().messageId())
                        .toList());
    }

    public boolean isEmpty() {
        return postings.isEmpty();
    }
}
