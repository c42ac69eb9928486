package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.message.Message;

/** Reads pages that a test spells out. */
final class Pages {
    static final Instant LANDED = Instant.parse("2026-11-20T02:15:00Z");
    static final FeedAddress FEED = FeedAddress.of("https://feed.example.com");

    private Pages() {}

    static PageReader reader(Path directory, int inMemory, long maxAttachment) throws IOException {
        return new PageReader(new PageReader.Settings(FEED, inMemory, maxAttachment), Spools.in(directory));
    }

    static InputStream page(String... messages) {
        return bytes("{\"nextCursor\":\"{\",\"x\":[{\"messages\":[1]}],\"messages\":[" + String.join(",", messages)
                + "],\"totalCount\":1}");
    }

    static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message with an id and a time, and the fields given. */
    static String message(String fields) {
        return "{\"messageId\":\"m1\",\"messageTime\":\"2026-11-19T08:00:00Z\"" + (fields.isEmpty() ? "" : ",") + fields
                + "}";
    }

    /** Scanned first, as the collector does. */
    static List<PageElement> read(Path directory, String... messages) throws IOException {
        assertThat(PageScan.scan(page(messages)).messages()).isEqualTo(messages.length);
        List<PageElement> elements = new ArrayList<>();
        try (CloseableIterator<Chunk> chunks =
                reader(directory, 64, 4_096).chunks(page(messages), LANDED, 1, Long.MAX_VALUE)) {
            chunks.forEachRemaining(chunk -> elements.addAll(chunk.elements()));
        }
        return elements;
    }

    static Message one(Path directory, String fields) throws IOException {
        PageElement element = read(directory, message(fields), message("")).get(0);
        assertThat(element).isInstanceOf(PageElement.Read.class);
        return ((PageElement.Read) element).message();
    }
}
