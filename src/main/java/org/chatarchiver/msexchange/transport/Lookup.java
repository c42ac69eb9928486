package org.chatarchiver.msexchange.transport;

import java.util.List;
import java.util.Objects;

/**
 * A question which of some e-mails are in a folder: the body of {@code microsoft-exchange:find}.
 *
 * @param messageIds as in {@link Email#messageId}
 */
public record Lookup(String mailbox, String folder, List<String> messageIds) {
    public Lookup {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(folder, "folder");
        messageIds = List.copyOf(messageIds);
    }
}
