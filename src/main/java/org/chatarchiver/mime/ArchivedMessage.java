package org.chatarchiver.mime;

import java.util.List;
import java.util.Objects;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;

/**
 * A message with what its e-mail says about where it comes from: the body that {@link ChatMimeDataFormat} marshals.
 *
 * @param message no attachment of it may be {@link Content.Remote} any more
 * @param connectorId such as {@code wechat}
 * @param connectorName such as {@code WeChat Archiver}
 * @param network such as {@code WECHAT}
 * @param pageSha256 hex digest of the landed page that holds the message
 * @param revision the content digest of a later revision; empty for the first
 */
public record ArchivedMessage(
        Message message, String connectorId, String connectorName, String network, String pageSha256, String revision) {
    public ArchivedMessage {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(connectorId, "connectorId");
        Objects.requireNonNull(connectorName, "connectorName");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(pageSha256, "pageSha256");
        Objects.requireNonNull(revision, "revision");
    }

    /** How many attachments the e-mail replaces by a note. */
    long dropped() {
        return attachments().stream()
                .filter(attachment -> attachment.content() instanceof Content.Absent)
                .count();
    }

    List<Attachment> attachments() {
        return message.attachments();
    }
}
