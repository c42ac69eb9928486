package org.chatarchiver.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.chatarchiver.message.Sha256;

/** Hands out a source's bytes, and digests, counts and copies each of them on the way. Does not close the source. */
final class StagingStream extends InputStream {
    private static final int BUFFER = 64 * 1024;

    private final InputStream source;
    private final OutputStream copy;
    private final MessageDigest digest = Sha256.start();
    private long size;
    private LandingException failure;
    private boolean broken;

    StagingStream(InputStream source, OutputStream copy) {
        this.source = source;
        this.copy = copy;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        rethrow();
        int count;
        try {
            count = source.read(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        if (count > 0) {
            digest.update(bytes, offset, count);
            size += count;
            write(() -> copy.write(bytes, offset, count));
        }
        return count;
    }

    /** Takes in what the reading left over and writes the last bytes out. */
    void finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        complete();
    }

    /** Takes in what there is until so many bytes have come in all, or the source ends or breaks off. */
    void take(long most) throws LandingException {
        byte[] buffer = new byte[BUFFER];
        try {
            while (!broken && size < most) {
                if (read(buffer, 0, (int) Math.min(buffer.length, most - size)) < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            // A source that breaks off has given all that it will.
            rethrow();
        }
    }

    /** Writes the last bytes out. */
    void complete() throws LandingException {
        write(copy::close);
    }

    private void write(Writing writing) throws LandingException {
        try {
            writing.run();
        } catch (IOException e) {
            failure = new LandingException(
                    "cannot write the staging directory: " + e.getMessage()
                            + "; check the free space below archiver.data",
                    e);
            throw failure;
        }
    }

    @Override
    public int available() throws IOException {
        return source.available();
    }

    /** Once: the digest is spent by it. */
    String sha256() {
        return Sha256.finish(digest);
    }

    long size() {
        return size;
    }

    /** The disk's failure, even where the reader took it for a failure of the source. */
    void rethrow() throws LandingException {
        if (failure != null) {
            throw failure;
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
