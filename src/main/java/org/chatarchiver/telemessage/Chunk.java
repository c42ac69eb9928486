package org.chatarchiver.telemessage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Some neighbouring elements of a page, in its order. Their spooled attachments can be read until it is closed. */
public final class Chunk implements Closeable {
    private final List<PageElement> elements;
    private final Spool spool;

    Chunk(List<PageElement> elements, Spool spool) {
        this.elements = List.copyOf(elements);
        this.spool = spool;
    }

    /** Never empty. */
    public List<PageElement> elements() {
        return elements;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
