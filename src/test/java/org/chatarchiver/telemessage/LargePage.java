package org.chatarchiver.telemessage;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.chatarchiver.SuppressForbidden;

/** A process of its own that reads a page larger than its memory, made as it is read; prints what it counted. */
final class LargePage {
    private static final int MESSAGES = 24;
    private static final int ATTACHMENT = 12 * 1024 * 1024;

    private LargePage() {}

    /** @param args the directory to spool to */
    @SuppressForbidden("prints what it counted to the test that started it")
    public static void main(String[] args) throws IOException {
        System.out.println("scanned " + PageScan.scan(page()).messages());
        PageReader reader = Pages.reader(Path.of(args[0]), 64 * 1024, 64L << 20);
        int read = 0;
        int malformed = 0;
        try (CloseableIterator<Chunk> chunks = reader.chunks(page(), Pages.LANDED, 10, 1 << 20)) {
            while (chunks.hasNext()) {
                try (Chunk chunk = chunks.next()) {
                    for (PageElement element : chunk.elements()) {
                        if (element instanceof PageElement.Read) {
                            read++;
                        } else {
                            malformed++;
                        }
                    }
                }
            }
        }
        System.out.println("read " + read + ", malformed " + malformed);
    }

    /** Some 300 MB: messages with an attachment, each of which is followed by one with an attachment that is no base64. */
    private static InputStream page() {
        Iterator<InputStream> parts = IntStream.range(0, MESSAGES)
                .mapToObj(i -> message(i, i % 8 == 7 ? "textContent" : "attachment"))
                .iterator();
        return new Joined(parts);
    }

    private static InputStream message(int i, String field) {
        boolean file = field.equals("attachment");
        String before = (i == 0 ? "{\"messages\":[" : ",") + "{\"messageId\":\"" + i
                + "\",\"messageTime\":\"2026-11-19T08:00:00Z\",\"" + field
                + (file ? "\":[{\"content\":\"" : "\":\"");
        String after = (file ? (i % 2 == 0 ? "" : "!") + "\"}]}" : "\"}") + (i == MESSAGES - 1 ? "]}" : "");
        int length = file ? ATTACHMENT : Json.LONGEST_TEXT + 5;
        return new SequenceInputStream(
                Pages.bytes(before), new SequenceInputStream(new ArchivedMessages(length), Pages.bytes(after)));
    }

    /** So many letters A. */
    private static final class ArchivedMessages extends InputStream {
        private int left;

        private ArchivedMessages(int left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'A' : -1;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            int n = Math.min(len, left);
            Arrays.fill(b, off, off + n, (byte) 'A');
            left -= n;
            return n == 0 ? -1 : n;
        }
    }

    /** One stream behind the other, each made when it is its turn. */
    private static final class Joined extends InputStream {
        private final Iterator<InputStream> parts;
        private InputStream part = InputStream.nullInputStream();

        private Joined(Iterator<InputStream> parts) {
            this.parts = parts;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = part.read(b, off, len);
            while (n < 0 && parts.hasNext()) {
                part = parts.next();
                n = part.read(b, off, len);
            }
            return n;
        }
    }
}
