package org.chatarchiver.telemessage;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.chatarchiver.ledger.Reason;

/** The plain bytes of an answer, held to a limit. */
public final class FeedBody {
    private static final int BUFFER = 64 * 1024;

    private FeedBody() {}

    /**
     * A stream of the plain bytes that closes the given one. Reading fails with {@code PAGE_TRUNCATED} where a gzip stream is cut or
     * damaged and with {@code PAGE_TOO_LARGE} behind the limit, however small the compressed form is.
     *
     * @param contentEncoding the header's value; null or empty for none
     * @throws FeedException also where the encoding is neither gzip nor none
     */
    public static InputStream inflate(InputStream body, String contentEncoding, long maxBytes) throws IOException {
        String encoding = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> new Limited(body, maxBytes);
            case "gzip", "x-gzip" -> new Limited(gunzip(body), maxBytes);
            default ->
                throw new FeedRefusedException(
                        Reason.SOURCE_REFUSED,
                        "The feed answered with Content-Encoding " + Outside.quote(contentEncoding)
                                + ": only gzip was asked for; check what stands between");
        };
    }

    private static InputStream gunzip(InputStream body) throws IOException {
        try {
            return new GZIPInputStream(body, BUFFER);
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

    private static final class Limited extends FilterInputStream {
        private final long max;
        private long count;

        private Limited(InputStream in, long max) {
            super(in);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
            if (count > max) {
                throw new FeedRefusedException(
                        Reason.PAGE_TOO_LARGE,
                        "The feed's answer is larger than " + max
                                + " bytes inflated: lower archiver.telemessage.page-limit");
            }
            return n;
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
}
