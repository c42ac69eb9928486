package org.chatarchiver.landing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.chatarchiver.message.Sha256;

/** The plain bytes of a landed object; its end is reached only if they are what they were when they landed. */
final class VerifiedStream extends InputStream {
    private static final int BUFFER = 64 * 1024;

    private final String path;
    private final String expected;
    private final InputStream stored;
    private final InputStream plain;
    private final MessageDigest digest = Sha256.start();
    private boolean verified;

    /** Takes the stored stream over, even if this fails. */
    VerifiedStream(String path, String expected, InputStream stored) throws IOException {
        this.path = path;
        this.expected = expected;
        this.stored = stored;
        this.plain = path.endsWith(".gz") ? unpack() : stored;
    }

    private InputStream unpack() throws IOException {
        try {
            return new GZIPInputStream(stored, BUFFER);
        } catch (EOFException | ZipException e) {
            stored.close();
            throw unreadable(e);
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (verified) {
            return -1;
        }
        int count;
        try {
            count = plain.read(bytes, offset, length);
        } catch (EOFException | ZipException e) {
            throw unreadable(e);
        }
        if (count > 0) {
            digest.update(bytes, offset, count);
        } else if (count < 0) {
            verify();
        }
        return count;
    }

    private void verify() throws LandingCorruptException {
        String found = Sha256.finish(digest);
        if (!found.equals(expected)) {
            throw new LandingCorruptException(path, expected, found, null);
        }
        verified = true;
    }

    private LandingCorruptException unreadable(IOException e) {
        return new LandingCorruptException(path, expected, "broken gzip (" + e.getMessage() + ")", e);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
