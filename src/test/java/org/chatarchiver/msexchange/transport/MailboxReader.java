package org.chatarchiver.msexchange.transport;

import java.time.Instant;
import java.util.List;

/** Reads and changes a mailbox as its user does, not through the transport that is tested. */
public interface MailboxReader {
    /**
     * An e-mail as it is in the folder.
     *
     * @param content the whole e-mail
     */
    record Stored(String messageId, boolean seen, boolean draft, Instant receivedAt, String content) {}

    /** The e-mails of a folder in the order in which they were filed; none where there is no such folder. */
    List<Stored> folder(String mailbox, String name);

    void delete(String mailbox, String name);
}
