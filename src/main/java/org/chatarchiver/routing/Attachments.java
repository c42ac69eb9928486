package org.chatarchiver.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.AttachmentPointer.State;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.PageElement;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/** Attachments that pages name by href: which have to be landed, and their landed bytes. */
@Component("attachments")
public class Attachments {
    private static final int ELEMENTS = 100;

    private final Landings landings;
    private final PageReader reader;
    private final RoutesProperties properties;
    private final TelemessageProperties feed;
    private final Patience patience;
    private final FeedPauses pauses;
    private final Leases leases;
    private final AttachmentLog log = new AttachmentLog();

    Attachments(
            Landings landings,
            PageReader reader,
            RoutesProperties properties,
            TelemessageProperties feed,
            Patience patience,
            FeedPauses pauses,
            Leases leases) {
        this.landings = landings;
        this.reader = reader;
        this.feed = feed;
        this.properties = properties;
        this.patience = patience;
        this.pauses = pauses;
        this.leases = leases;
    }

    /**
     * Every attachment by href of a page that has just landed, in its order; none any more once the run has been told to stop, which
     * leaves them to the archiving of the page.
     */
    public CloseableIterator<AttachmentRef> ofPage(@Body Page page, @Variable(Variables.POLL) Poll poll)
            throws IOException {
        LandingPath folder = LandingPath.containing(page.path());
        CloseableIterator<Chunk> chunks = reader.chunks(
                landings.open(page.path(), page.sha256()),
                page.landed(),
                ELEMENTS,
                properties.chunk().bytes().toBytes());
        return new CloseableIterator<>() {
            private final Deque<AttachmentRef> found = new ArrayDeque<>();

            @Override
            public boolean hasNext() {
                while (found.isEmpty() && leases.goesOn(poll.run().id()) && chunks.hasNext()) {
                    try (Chunk chunk = chunks.next()) {
                        for (PageElement element : chunk.elements()) {
                            if (element instanceof PageElement.Read read) {
                                found.addAll(refs(read.message(), poll.connector(), folder));
                            }
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return !found.isEmpty() && leases.goesOn(poll.run().id());
            }

            @Override
            public AttachmentRef next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("The page has no more attachments");
                }
                return found.remove();
            }

            @Override
            public void close() throws IOException {
                chunks.close();
            }
        };
    }

    private static List<AttachmentRef> refs(Message message, Connector connector, LandingPath folder) {
        List<AttachmentRef> refs = new ArrayList<>();
        for (Attachment attachment : message.attachments()) {
            if (attachment.content() instanceof Content.Remote remote) {
                refs.add(new AttachmentRef(connector, folder, remote.href(), attachment.declared()));
            }
        }
        return refs;
    }

    /** Those of a parcel that have not landed yet. */
    public List<AttachmentRef> missing(@Body Parcel parcel) throws IOException {
        LandingPath folder = parcel.work().folder();
        List<AttachmentRef> missing = new ArrayList<>();
        Set<String> hrefs = new HashSet<>();
        for (AttachmentRef ref : refs(parcel.message(), parcel.work().connector(), folder)) {
            if (hrefs.add(ref.href()) && wanted(ref)) {
                missing.add(ref);
            }
        }
        return missing;
    }

    /** Whether the feed is to be asked for it: it has not landed, or was too large for a limit that is higher now. */
    public boolean wanted(@Body AttachmentRef ref) throws IOException {
        Optional<AttachmentPointer> pointer = landings.attachment(ref.run(), ref.href());
        return pointer.isEmpty()
                || (pointer.get().state() == State.OVERSIZE
                        && pointer.get().size() < feed.attachment().bytes());
    }

    /**
     * The parcel with landed bytes in place of hrefs. Where they can be had neither here nor from the feed, its items wait, and fail once
     * they have waited for long.
     */
    public Parcel local(@Body Parcel parcel) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : parcel.message().attachments()) {
            if (attachment.content() instanceof Content.Remote remote) {
                Optional<AttachmentPointer> pointer =
                        landings.attachment(parcel.work().folder(), remote.href());
                if (remote.instead() != null
                        && pointer.map(AttachmentPointer::state).orElse(null) != State.LANDED) {
                    attachments.add(attachment.with(remote.instead()));
                    continue;
                }
                if (pointer.isEmpty()) {
                    return unavailable(parcel, remote.href());
                }
                if (pointer.get().state() == State.OVERSIZE) {
                    return parcel.failed(
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
        return parcel.with(parcel.message().with(attachments));
    }

    private Parcel unavailable(Parcel parcel, String href) {
        String sentence =
                "The attachment " + Printable.of(href) + " could not be fetched; requeue when the feed gives it";
        return patience.later(
                parcel, Reason.ATTACHMENT_UNAVAILABLE, pauses.left(parcel.work().connector()), sentence);
    }

    private Content content(AttachmentPointer pointer) {
        if (pointer.state() == State.GONE) {
            return new Content.Absent(Why.GONE, -1, "");
        }
        if (pointer.size() > properties.limits().attachment().toBytes()) {
            return new Content.Absent(Why.TOO_LARGE, pointer.size(), pointer.sha256());
        }
        return new Content.Stored(pointer.size(), pointer.sha256(), () -> landings.open(pointer));
    }

    /** An attachment could not be landed now: its items are tried with it again when the page is archived. */
    public void notYet(
            @Variable(Variables.ATTACHMENT) AttachmentRef ref,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        log.notLanded(ref, error);
    }
}
