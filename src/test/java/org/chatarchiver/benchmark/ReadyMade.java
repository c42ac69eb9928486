package org.chatarchiver.benchmark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.mime.ArchivedMessage;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.FeedAddress;
import org.chatarchiver.telemessage.PageElement;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.Spools;

/** The e-mails that the archiver makes of {@link PlainTraffic}, made beforehand: what others are measured with costs them no making. */
final class ReadyMade {
    private static final String DOMAIN = "chat-archiver.invalid";
    private static final int AT_A_TIME = 100;

    private ReadyMade() {}

    /** @param spools an empty directory; texts leave nothing in it */
    static List<byte[]> emails(int count, List<String> mailboxes, Instant from, Instant to, Path spools)
            throws IOException {
        PageReader reader = new PageReader(
                new PageReader.Settings(FeedAddress.of("https://feed.example.com"), 1, 1), Spools.in(spools));
        ChatMime mime = new ChatMime(DOMAIN);
        List<byte[]> emails = new ArrayList<>(count);
        try (CloseableIterator<Chunk> chunks =
                reader.chunks(page(count, mailboxes, from, to), to, AT_A_TIME, Long.MAX_VALUE)) {
            while (chunks.hasNext()) {
                try (Chunk chunk = chunks.next()) {
                    for (PageElement element : chunk.elements()) {
                        emails.add(mime.write(archived((PageElement.Read) element)));
                    }
                }
            }
        }
        return emails;
    }

    private static ArchivedMessage archived(PageElement.Read element) {
        return new ArchivedMessage(element.message(), "wechat", "WeChat Archiver", "WECHAT", "0".repeat(64), "");
    }

    private static ByteArrayInputStream page(int count, List<String> mailboxes, Instant from, Instant to)
            throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        String before = "{\"totalCount\":" + count + ",\"messages\":[";
        for (Sample sample : PlainTraffic.texts(count, mailboxes, from, to)) {
            page.write(before.getBytes(StandardCharsets.US_ASCII));
            sample.json().writeTo(page);
            before = ",";
        }
        page.write("]}".getBytes(StandardCharsets.US_ASCII));
        return new ByteArrayInputStream(page.toByteArray());
    }
}
