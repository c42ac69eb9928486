package org.chatarchiver.telemessage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A page's bytes, some of which can be put back in front; knows whether the end has been seen. Not for several threads. */
final class PageBytes extends FilterInputStream {
    private byte[] ahead = new byte[0];
    private int position;
    private int limit;
    private boolean ended;

    PageBytes(InputStream in) {
        super(in);
    }

    boolean ended() {
        return ended;
    }

    /** Puts bytes in front of all that is unread. */
    void push(byte[] bytes) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + limit - position);
        System.arraycopy(ahead, position, joined, bytes.length, limit - position);
        ahead = joined;
        position = 0;
        limit = joined.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (position < limit) {
            int n = Math.min(len, limit - position);
            System.arraycopy(ahead, position, b, off, n);
            position += n;
            return n;
        }
        int n = in.read(b, off, len);
        ended = n < 0;
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
