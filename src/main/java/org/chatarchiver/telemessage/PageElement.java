package org.chatarchiver.telemessage;

import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;

/** One element of a page, in the page's order. */
public sealed interface PageElement {

    /** Index in the page's array, from 0. */
    long position();

    record Read(long position, Message message) implements PageElement {}

    /**
     * Cannot be understood.
     *
     * @param messageId empty where it could not be read
     * @param owner the msisdn; empty where it could not be read
     * @param reason its channel is {@code malformed}, or {@code oversize} for a text that is too long to be read
     * @param sentence for an administrator; holds no text of the message
     */
    record Malformed(long position, String messageId, String owner, Reason reason, String sentence)
            implements PageElement {}

    /** About how many bytes of memory it and its e-mail take. */
    default long weight() {
        long fixed = 2_000;
        if (!(this instanceof Read read)) {
            return fixed;
        }
        Message message = read.message();
        long characters =
                message.text().length() + (long) message.previousText().length();
        return fixed
                + 2 * characters
                + message.to().size() * 200L
                + message.attachments().stream()
                        .map(Attachment::content)
                        .mapToLong(PageElement::weight)
                        .sum();
    }

    /** Attachments count wherever they lie, since the e-mails of a chunk are in memory together; of a remote one the size is unknown. */
    private static long weight(Content content) {
        long fixed = 300;
        if (content instanceof Content.Present present) {
            return fixed + present.size();
        }
        return content instanceof Content.Remote ? 2L << 20 : fixed;
    }
}
