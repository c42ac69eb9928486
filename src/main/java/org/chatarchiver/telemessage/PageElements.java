package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.NoSuchElementException;

/** Walks the array {@code messages} of a page. Not for several threads. */
final class PageElements implements Closeable {
    private final PageReader.Settings settings;
    private final PageCursor cursor;
    private final Instant landedAt;
    private long position;
    private boolean ended;

    PageElements(PageReader.Settings settings, InputStream plain, Instant landedAt) throws IOException {
        this.settings = settings;
        this.landedAt = landedAt;
        PageCursor opened = null;
        try {
            opened = new PageCursor(plain);
            ended = !enter(opened) || opened.next() == JsonToken.END_ARRAY;
        } catch (IOException e) {
            (opened == null ? plain : opened).close();
            throw e;
        }
        cursor = opened;
    }

    boolean hasNext() {
        return !ended;
    }

    PageElement next(Spool spool) {
        if (ended) {
            throw new NoSuchElementException("The page has no more elements");
        }
        try {
            PageElement element = new ElementReader(settings, cursor, landedAt, spool).read(position);
            advance();
            return element;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        cursor.close();
    }

    private void advance() throws IOException {
        ended = cursor.next() == JsonToken.END_ARRAY;
        position++;
    }

    /** False where the page says itself that it has no messages. */
    private static boolean enter(PageCursor cursor) throws IOException {
        if (cursor.next() != JsonToken.START_OBJECT) {
            throw new IOException("The landed page is no JSON object: it must be scanned before it is read");
        }
        while (cursor.next() == JsonToken.FIELD_NAME) {
            boolean messages = "messages".equals(cursor.name());
            cursor.next();
            if (messages && (cursor.token() == JsonToken.START_ARRAY || cursor.token() == JsonToken.VALUE_NULL)) {
                return cursor.token() == JsonToken.START_ARRAY;
            }
            cursor.skip();
        }
        throw new IOException("The landed page has no array 'messages': it must be scanned before it is read");
    }
}
