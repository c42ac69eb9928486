package org.chatarchiver.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.chatarchiver.message.Message;
import org.springframework.stereotype.Component;

/** The limits of product.md 7: leaves attachments out until the item fits, and fails what does not fit without any. */
@Component("size")
public class SizeFilter {
    private final ArchiveProperties.Limits limits;

    SizeFilter(ArchiveProperties properties) {
        this.limits = properties.limits();
    }

    /**
     * Whether the text alone is over the limit of an item, since no attachment can be left out to make it fit; once there is an e-mail,
     * whether that is over the limit of the destination.
     */
    public boolean tooLarge(@Body PreparedMessage message) {
        return message instanceof MarshalledMessage sent
                ? sent.email().length > limits.email().toBytes()
                : message.mapped().sends()
                        && text(message.mapped().message()) > limits.item().toBytes();
    }

    /** Fails what is too large: it goes to the channel oversize. */
    public MappedMessage refuse(@Body PreparedMessage message) {
        return message instanceof MarshalledMessage sent
                ? sent.mapped()
                        .failed(
                                Reason.EMAIL_TOO_LARGE,
                                "The e-mail is " + sent.email().length + " bytes, the limit is "
                                        + limits.email().toBytes() + " (archiver.limits.email)")
                : message.mapped()
                        .failed(
                                Reason.TEXT_TOO_LARGE,
                                "The text alone is " + text(message.mapped().message()) + " bytes, the limit is "
                                        + limits.item().toBytes() + " (archiver.limits.item)");
    }

    /** Whether there is an e-mail to be made: not of what was refused, nor where nobody is to get one. */
    public boolean fits(@Body MappedMessage message) {
        return message.sends();
    }

    /** Leaves out attachments that are too large, then the largest ones until the item fits. */
    public FittedMessage leaveOut(@Body MappedMessage message) {
        List<Attachment> attachments = new ArrayList<>(message.message().attachments());
        if (attachments.isEmpty()) {
            return new FittedMessage(message, message.message());
        }
        attachments.replaceAll(attachment ->
                size(attachment) > limits.attachment().toBytes() ? leftOut(attachment, Why.TOO_LARGE) : attachment);
        long total = text(message.message())
                + attachments.stream().mapToLong(SizeFilter::size).sum();
        while (total > limits.item().toBytes()) {
            Attachment largest = attachments.stream()
                    .max(Comparator.comparingLong(SizeFilter::size))
                    .orElseThrow();
            total -= size(largest);
            attachments.set(attachments.lastIndexOf(largest), leftOut(largest, Why.ITEM_TOO_LARGE));
        }
        return new FittedMessage(message, message.message().with(attachments));
    }

    private static long text(Message message) {
        return message.text().getBytes(StandardCharsets.UTF_8).length
                + (long) message.previousText().getBytes(StandardCharsets.UTF_8).length;
    }

    private static long size(Attachment attachment) {
        return attachment.content() instanceof Content.Present present ? present.size() : 0;
    }

    private static Attachment leftOut(Attachment attachment, Why why) {
        Content.Present content = (Content.Present) attachment.content();
        return attachment.with(new Content.Absent(why, content.size(), content.sha256()));
    }
}
