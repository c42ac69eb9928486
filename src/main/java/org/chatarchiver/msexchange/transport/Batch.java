package org.chatarchiver.msexchange.transport;

import java.util.List;
import java.util.Objects;

/**
 * E-mails for one folder of one mailbox: the body of {@code microsoft-exchange:append}.
 *
 * @param mailbox the mailbox's address
 * @param folder the name of a folder at the mailbox's top level; made when it is not there
 * @param emails in the order in which they are filed; none may occur twice
 * @param fence shut once another process may be sending them
 */
public record Batch(String mailbox, String folder, List<Email> emails, Fence fence) {
    public Batch {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(folder, "folder");
        emails = List.copyOf(emails);
        Objects.requireNonNull(fence, "fence");
    }

    /** E-mails that nobody else sends. */
    public Batch(String mailbox, String folder, List<Email> emails) {
        this(mailbox, folder, emails, Fence.OPEN);
    }
}
