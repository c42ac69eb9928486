package org.chatarchiver.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.chatarchiver.collect.AttachmentRef;
import org.chatarchiver.collect.FeedPauses;
import org.chatarchiver.collect.PageAttachments;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.AttachmentPointer.State;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.chatarchiver.message.Printable;
import org.springframework.stereotype.Component;

/** The attachments of a message that its page names by href: which have still to be landed, and their landed bytes. */
@Component("messageAttachments")
public class MessageAttachments {
    private final PageAttachments ofPages;
    private final Landings landings;
    private final ArchiveProperties.Limits limits;
    private final RetrySchedule retrySchedule;
    private final FeedPauses pauses;

    MessageAttachments(
            PageAttachments ofPages,
            Landings landings,
            ArchiveProperties properties,
            RetrySchedule retrySchedule,
            FeedPauses pauses) {
        this.ofPages = ofPages;
        this.landings = landings;
        this.limits = properties.limits();
        this.retrySchedule = retrySchedule;
        this.pauses = pauses;
    }

    /** Those of a message that have not landed yet. */
    public List<AttachmentRef> missing(@Body MappedMessage message) throws IOException {
        LandingPath folder = message.work().folder();
        List<AttachmentRef> missing = new ArrayList<>();
        Set<String> hrefs = new HashSet<>();
        for (AttachmentRef ref :
                PageAttachments.refs(message.message(), message.work().connector(), folder)) {
            if (hrefs.add(ref.href()) && ofPages.wanted(ref)) {
                missing.add(ref);
            }
        }
        return missing;
    }

    /**
     * The message with landed bytes in place of hrefs. Where they can be had neither here nor from the feed, its items wait, and fail once
     * they have waited for long.
     */
    public MappedMessage local(@Body MappedMessage message) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : message.message().attachments()) {
            if (attachment.content() instanceof Content.Remote remote) {
                Optional<AttachmentPointer> pointer =
                        landings.attachment(message.work().folder(), remote.href());
                if (remote.instead() != null
                        && pointer.map(AttachmentPointer::state).orElse(null) != State.LANDED) {
                    attachments.add(attachment.with(remote.instead()));
                    continue;
                }
                if (pointer.isEmpty()) {
                    return unavailable(message, remote.href());
                }
                if (pointer.get().state() == State.OVERSIZE) {
                    return message.failed(
                            Reason.DOWNLOAD_TOO_LARGE,
                            "The attachment " + Printable.of(remote.href()) + " has more than "
                                    + pointer.get().size()
                                    + " bytes; raise archiver.telemessage.max-download and requeue");
                }
                attachments.add(attachment.with(content(pointer.get())));
            } else {
                attachments.add(attachment);
            }
        }
        return message.with(message.message().with(attachments));
    }

    private MappedMessage unavailable(MappedMessage message, String href) {
        String sentence =
                "The attachment " + Printable.of(href) + " could not be fetched; requeue when the feed gives it";
        return message.later(
                retrySchedule,
                Reason.ATTACHMENT_UNAVAILABLE,
                pauses.left(message.work().connector()),
                sentence);
    }

    private Content content(AttachmentPointer pointer) {
        if (pointer.state() == State.GONE) {
            return new Content.Absent(Why.GONE, -1, "");
        }
        if (pointer.size() > limits.attachment().toBytes()) {
            return new Content.Absent(Why.TOO_LARGE, pointer.size(), pointer.sha256());
        }
        return new Content.Stored(pointer.size(), pointer.sha256(), () -> landings.open(pointer));
    }
}
