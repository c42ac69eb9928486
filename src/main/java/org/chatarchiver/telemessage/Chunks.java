package org.chatarchiver.telemessage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Cuts a page into chunks. Not for several threads, but a chunk may be closed by another one. */
final class Chunks implements CloseableIterator<Chunk> {
    private final PageElements elements;
    private final Spools spools;
    private final int maxElements;
    private final long maxBytes;
    private final List<Spool> open = new ArrayList<>();

    Chunks(PageElements elements, Spools spools, int maxElements, long maxBytes) {
        this.elements = elements;
        this.spools = spools;
        this.maxElements = maxElements;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    public Chunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The page has no more elements");
        }
        Spool spool = spools.open();
        open.removeIf(Spool::isEmpty);
        open.add(spool);
        List<PageElement> chunk = new ArrayList<>();
        for (long bytes = 0; bytes < maxBytes && chunk.size() < maxElements && hasNext(); ) {
            PageElement element = elements.next(spool);
            bytes += element.weight();
            chunk.add(element);
        }
        return new Chunk(chunk, spool);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Spool spool : open) {
            try {
                spool.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        elements.close();
        if (failure != null) {
            throw failure;
        }
    }
}
