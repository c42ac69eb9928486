package org.chatarchiver.archive;

import java.util.Comparator;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Message;
import org.chatarchiver.mime.ArchivedMessage;

/**
 * A message of which an e-mail is made. {@link MarshalledMessage} comes next.
 *
 * @param message without the attachments that are too large
 */
public record FittedMessage(MappedMessage mapped, Message message) {

    /** What is marshalled: as the first capture has it, so that every mailbox gets the same bytes whichever capture brings them. */
    ArchivedMessage archived() {
        PageWork work = mapped.work();
        return new ArchivedMessage(
                asFirstCaptured(),
                work.connector().id(),
                work.connector().name(),
                work.connector().network(),
                mapped.known().captures().pageSha256(),
                revision());
    }

    private Message asFirstCaptured() {
        Revision revision = mapped.known().revision();
        Direction direction = revision.direction() == null ? message.direction() : Direction.of(revision.direction());
        return message.msisdn().equals(revision.owner()) && message.direction() == direction
                ? message
                : message.captured(revision.owner(), direction);
    }

    /** What tells its e-mail from those of other contents under the same id: empty for the first one. */
    String revision() {
        Revision revision = mapped.known().revision();
        return revision.number() == 0 ? "" : revision.digest();
    }

    /** Why it counts as partially imported, one that is left out before one that differs; null if it is whole. */
    Reason partial() {
        return message.attachments().stream()
                .flatMap(attachment -> Stream.ofNullable(partial(attachment)))
                .min(Comparator.comparing(reason -> reason == Reason.ATTACHMENT_DIFFERS))
                .orElse(null);
    }

    private static Reason partial(Attachment attachment) {
        if (!(attachment.content() instanceof Content.Absent absent)) {
            return attachment.differs() ? Reason.ATTACHMENT_DIFFERS : null;
        }
        return switch (absent.why()) {
            case TOO_LARGE, ITEM_TOO_LARGE -> Reason.ATTACHMENT_TOO_LARGE;
            case GONE -> Reason.ATTACHMENT_GONE;
            case UNDECODABLE -> Reason.ATTACHMENT_UNDECODABLE;
            case REFUSED -> Reason.ATTACHMENT_REFUSED;
            case FOREIGN_HREF -> Reason.ATTACHMENT_FOREIGN;
        };
    }
}
