package org.chatarchiver.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.AttachmentPointer.State;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.PageElement;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/** Attachments that pages name by href, and which of them have to be landed. */
@Component("pageAttachments")
public class PageAttachments {
    private static final int ELEMENTS = 100;

    private final Landings landings;
    private final PageReader reader;
    private final ChunkProperties inMemory;
    private final TelemessageProperties feed;
    private final Leases leases;
    private final AttachmentLog log = new AttachmentLog();

    PageAttachments(
            Landings landings, PageReader reader, ChunkProperties inMemory, TelemessageProperties feed, Leases leases) {
        this.landings = landings;
        this.reader = reader;
        this.inMemory = inMemory;
        this.feed = feed;
        this.leases = leases;
    }

    /**
     * Every attachment by href of a page that has just landed, in its order; none any more once the run has been told to stop, which
     * leaves them to the archiving of the page.
     */
    public CloseableIterator<AttachmentRef> ofPage(
            @Body Page page, @Variable(CollectVariables.POLL) CollectionState poll) throws IOException {
        LandingPath folder = LandingPath.containing(page.path());
        CloseableIterator<Chunk> chunks = reader.chunks(
                landings.open(page.path(), page.sha256()),
                page.landed(),
                ELEMENTS,
                inMemory.bytes().toBytes());
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

    /** What a message names by href, in its order. */
    public static List<AttachmentRef> refs(Message message, Connector connector, LandingPath folder) {
        List<AttachmentRef> refs = new ArrayList<>();
        for (Attachment attachment : message.attachments()) {
            if (attachment.content() instanceof Content.Remote remote) {
                refs.add(new AttachmentRef(connector, folder, remote.href(), attachment.declared()));
            }
        }
        return refs;
    }

    /** Whether the feed is to be asked for it: it has not landed, or was too large for a limit that is higher now. */
    public boolean wanted(@Body AttachmentRef ref) throws IOException {
        Optional<AttachmentPointer> pointer = landings.attachment(ref.run(), ref.href());
        return pointer.isEmpty()
                || (pointer.get().state() == State.OVERSIZE
                        && pointer.get().size() < feed.attachment().bytes());
    }

    /** An attachment could not be landed now: its items are tried with it again when the page is archived. */
    public void notYet(
            @Variable(CollectVariables.ATTACHMENT) AttachmentRef ref,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        log.notLanded(ref, error);
    }
}
