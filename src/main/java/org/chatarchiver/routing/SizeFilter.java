package org.chatarchiver.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.springframework.stereotype.Component;

/** The limits of product.md 7: leaves attachments out until the item fits, and fails what does not fit without any. */
@Component("size")
public class SizeFilter {
    private final RoutesProperties.Limits limits;

    SizeFilter(RoutesProperties properties) {
        this.limits = properties.limits();
    }

    /** Leaves out what is too large; a text that alone is too large fails the item. */
    public Parcel fit(@Body Parcel parcel) {
        long text = parcel.message().text().getBytes(StandardCharsets.UTF_8).length
                + (long) parcel.message().previousText().getBytes(StandardCharsets.UTF_8).length;
        if (text > limits.item().toBytes()) {
            return parcel.failed(
                    Reason.TEXT_TOO_LARGE,
                    "The text alone is " + text + " bytes, the limit is "
                            + limits.item().toBytes() + " (archiver.limits.item)");
        }
        List<Attachment> attachments = new ArrayList<>(parcel.message().attachments());
        attachments.replaceAll(attachment ->
                size(attachment) > limits.attachment().toBytes() ? leftOut(attachment, Why.TOO_LARGE) : attachment);
        long total = text + attachments.stream().mapToLong(SizeFilter::size).sum();
        while (total > limits.item().toBytes()) {
            Attachment largest = attachments.stream()
                    .max(Comparator.comparingLong(SizeFilter::size))
                    .orElseThrow();
            total -= size(largest);
            attachments.set(attachments.lastIndexOf(largest), leftOut(largest, Why.ITEM_TOO_LARGE));
        }
        return parcel.with(parcel.message().with(attachments));
    }

    /** Puts the finished e-mail into its parcel; one over the destination's limit fails the item. */
    public Parcel seal(@Body byte[] email, @Variable(Variables.PARCEL) Parcel parcel) {
        return email.length <= limits.email().toBytes()
                ? parcel.with(email)
                : parcel.failed(
                        Reason.EMAIL_TOO_LARGE,
                        "The e-mail is " + email.length + " bytes, the limit is "
                                + limits.email().toBytes() + " (archiver.limits.email)");
    }

    private static long size(Attachment attachment) {
        return attachment.content() instanceof Content.Present present ? present.size() : 0;
    }

    private static Attachment leftOut(Attachment attachment, Why why) {
        Content.Present content = (Content.Present) attachment.content();
        return attachment.with(new Content.Absent(why, content.size(), content.sha256()));
    }
}
