package org.chatarchiver.msexchange.transport;

import java.util.List;

/**
 * A way into mailboxes. It never reads bodies, changes flags, moves or deletes, but for an
 * item of its own that it has begun and can never finish. Safe for use by many threads; calls block, each for a
 * bounded time. What can be expected of a destination is answered as a value, never thrown.
 */
public interface MailboxTransport extends AutoCloseable {
    /** Files e-mails as received, read items. The outcomes are in the order of the e-mails. */
    List<Outcome> append(Batch batch);

    /** Looks for e-mails by their Message-ID. */
    Found find(Lookup lookup);

    /** Tells the Message-IDs of what is in a folder, a part at a time. */
    Listed list(Listing listing);

    Existence exists(String mailbox);

    /** Closes all connections; calls in progress end with {@link Fault#UNAVAILABLE}. */
    @Override
    void close();
}
