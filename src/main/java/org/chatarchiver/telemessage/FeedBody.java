package org.chatarchiver.telemessage;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;

/** The plain bytes of an answer, held to its bounds. */
public final class FeedBody {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};

    private FeedBody() {}

    /**
     * What one body may take.
     *
     * @param bytes inflated
     * @param tooLarge the reason for more of them
     * @param cure what to do about that
     * @param time from the first byte to the last
     */
    public record Bounds(long bytes, Reason tooLarge, String cure, Duration time) {}

    /**
     * A stream of the plain bytes that closes the given one. Reading fails with {@code PAGE_TRUNCATED} where a gzip stream is cut or
     * damaged, with {@link Bounds#tooLarge} behind the limit, however small the compressed form is, and with {@code SOURCE_TOO_SLOW}
     * where the body takes too long as a whole: a byte now and then would keep it open for ever.
     *
     * @param contentEncoding the header's value; null or empty for none
     * @throws FeedException also where the encoding is neither gzip nor none
     */
    public static InputStream inflate(InputStream body, String contentEncoding, Bounds bounds) throws IOException {
        return inflate(body, contentEncoding, bounds, System::nanoTime);
    }

    /** @param nanos a clock that only runs forward */
    static InputStream inflate(InputStream body, String contentEncoding, Bounds bounds, LongSupplier nanos)
            throws IOException {
        String encoding = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        // Below the gzip stream, which may take in much without giving anything.
        InputStream timed = new Timed(body, bounds.time(), nanos);
        return switch (encoding) {
            case "", "identity" -> new Limited(timed, bounds);
            case "gzip", "x-gzip" -> new Limited(gunzip(timed), bounds);
            default ->
                throw new FeedRefusedException(
                        Reason.SOURCE_REFUSED,
                        "The feed answered with Content-Encoding " + Printable.quoted(contentEncoding)
                                + ": only gzip was asked for; check what stands between");
        };
    }

    private static InputStream gunzip(InputStream body) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(body, MAGIC.length);
        byte[] start = peeked.readNBytes(MAGIC.length);
        peeked.unread(start);
        if (start.length == MAGIC.length && !Arrays.equals(start, MAGIC)) {
            return new NotGzip(peeked);
        }
        try {
            return new GZIPInputStream(peeked, BUFFER);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private static FeedException damaged(IOException cause) {
        return new FeedUnavailableException(
                Reason.PAGE_TRUNCATED,
                null,
                "The gzip body of the feed's answer is cut or damaged: asked for again",
                cause);
    }

    /** No gzip in spite of its name: given as it is, but never taken for whole. */
    private static final class NotGzip extends FilterInputStream {
        private NotGzip(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, len);
            if (n < 0) {
                throw new ZipException("Not in GZIP format");
            }
            return n;
        }
    }

    private abstract static class Guarded extends FilterInputStream {
        private Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public long skip(long n) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(n, BUFFER)]));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    private static final class Timed extends Guarded {
        private final Duration most;
        private final LongSupplier nanos;
        private final long start;

        private Timed(InputStream in, Duration most, LongSupplier nanos) {
            super(in);
            this.most = most;
            this.nanos = nanos;
            this.start = nanos.getAsLong();
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, len);
            if (nanos.getAsLong() - start > most.toNanos()) {
                throw new FeedUnavailableException(
                        Reason.SOURCE_TOO_SLOW,
                        null,
                        "The body of the feed's answer takes longer than " + most.toSeconds()
                                + " s: asked for again; lower archiver.telemessage.page-limit"
                                + " or raise archiver.telemessage.body-timeout",
                        null);
            }
            return n;
        }
    }

    private static final class Limited extends Guarded {
        private final Bounds bounds;
        private long count;

        private Limited(InputStream in, Bounds bounds) {
            super(in);
            this.bounds = bounds;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n;
            try {
                n = in.read(b, off, len);
            } catch (EOFException | ZipException e) {
                throw damaged(e);
            }
            count += Math.max(n, 0);
            if (count > bounds.bytes()) {
                throw new FeedRefusedException(
                        bounds.tooLarge(),
                        "The feed's answer is larger than " + bounds.bytes() + " bytes inflated: " + bounds.cure());
            }
            return n;
        }
    }
}
