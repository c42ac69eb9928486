package org.chatarchiver.telemessage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Reads landed pages, one message at a time; memory does not grow with the page. Thread-safe. */
public final class PageReader {

    /**
     * @param feed which hrefs are held against
     * @param inMemory attachments of up to so many bytes stay in memory, larger ones go to a file
     * @param maxAttachment attachments of more bytes are only counted and hashed
     */
    public record Settings(FeedAddress feed, int inMemory, long maxAttachment) {}

    private final Settings settings;
    private final Spools spools;

    public PageReader(Settings settings, Spools spools) {
        this.settings = settings;
        this.spools = spools;
    }

    /**
     * The elements of a page that {@link PageScan} has found whole, in chunks, each of which deletes the files that its attachments are
     * spooled to when it is closed; closing the iterator deletes what is left. Reading fails with {@link java.io.UncheckedIOException}.
     *
     * @param plain the page's bytes, inflated; closed with the iterator
     * @param landedAt what message times are held against
     * @param maxElements of a chunk
     * @param maxBytes of memory that a chunk holds, exceeded by at most one element
     */
    public CloseableIterator<Chunk> chunks(InputStream plain, Instant landedAt, int maxElements, long maxBytes)
            throws IOException {
        return new Chunks(new PageElements(settings, plain, landedAt), spools, maxElements, maxBytes);
    }
}
