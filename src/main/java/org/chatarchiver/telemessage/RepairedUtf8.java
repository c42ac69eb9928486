package org.chatarchiver.telemessage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A page's bytes with {@link Broken#MARK} in place of each sequence that is broken UTF-8: so whoever reads a string can tell that its
 * source was broken, which U+FFFD would not tell, while a break outside a string is still no JSON. One mark stands for each maximal part
 * of a broken sequence, as in the Encoding Standard. Surrogates that were encoded one by one (CESU-8, as Java and some databases write it)
 * are the character that they mean. Memory does not grow with the page; not for several threads.
 */
final class RepairedUtf8 extends InputStream {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final byte[] MARK = Character.toString(Broken.MARK).getBytes(StandardCharsets.UTF_8);
    private static final int PAIR = 6;
    private static final int SURROGATE = 0xed;
    private static final int SMALL = 1024;

    private final InputStream in;
    private byte[] ready = new byte[0];
    private int position;
    private byte[] unfinished = new byte[0];

    RepairedUtf8(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        if (position == ready.length && len >= SMALL) {
            return fill(b, off, len);
        }
        if (position == ready.length) {
            byte[] more = new byte[SMALL];
            int n = fill(more, 0, SMALL);
            if (n < 0) {
                return -1;
            }
            ready(join(Arrays.copyOf(more, n), Arrays.copyOfRange(ready, position, ready.length)));
        }
        int n = Math.min(len, ready.length - position);
        System.arraycopy(ready, position, b, off, n);
        position += n;
        return n;
    }

    /** Reads in place: bytes in good order are not copied. What is behind a break becomes ready, repaired. */
    private int fill(byte[] b, int off, int len) throws IOException {
        while (true) {
            int kept = unfinished.length;
            System.arraycopy(unfinished, 0, b, off, kept);
            int n = in.read(b, off + kept, len - kept);
            if (n < 0) {
                unfinished = new byte[0];
                ready(kept == 0 ? new byte[0] : MARK);
                return kept == 0 ? -1 : take(b, off, len);
            }
            int end = off + kept + n;
            int good = whole(b, off, end);
            repair(b, good, end);
            if (good > off) {
                return good - off;
            }
            if (position < ready.length) {
                return take(b, off, len);
            }
        }
    }

    private int take(byte[] b, int off, int len) {
        int n = Math.min(len, ready.length - position);
        System.arraycopy(ready, position, b, off, n);
        position += n;
        return n;
    }

    private void repair(byte[] b, int from, int to) {
        ByteArrayOutputStream out = from == to ? null : new ByteArrayOutputStream(to - from + SMALL);
        int i = from;
        while (i < to) {
            int n = sequence(b, i, to);
            if (n == 0) {
                break;
            }
            if (n == -PAIR) {
                out.writeBytes(pair(b, i));
            } else if (n < 0) {
                out.write(MARK, 0, MARK.length);
            } else {
                n = whole(b, i, to) - i;
                out.write(b, i, n);
            }
            i += Math.abs(n);
        }
        unfinished = Arrays.copyOfRange(b, i, to);
        ready(out == null ? new byte[0] : out.toByteArray());
    }

    private void ready(byte[] bytes) {
        ready = bytes;
        position = 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** Up to where all sequences are whole. */
    private static int whole(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            if (b[i] >= 0) {
                i++;
                while (to - i >= 8 && ((long) EIGHT.get(b, i) & NOT_ASCII) == 0) {
                    i += 8;
                }
                continue;
            }
            int n = isPlain(b, i, to) ? 3 : sequence(b, i, to);
            if (n <= 0) {
                return i;
            }
            i += n;
        }
        return to;
    }

    /** Three bytes of the usual kind, which is most of a Chinese text: decided fast. */
    private static boolean isPlain(byte[] b, int i, int to) {
        return to - i >= 3
                && (b[i] & 0xf0) == 0xe0
                && b[i] != (byte) 0xe0
                && b[i] != (byte) SURROGATE
                && (b[i + 1] & b[i + 2] & 0xc0) == 0x80
                && ((b[i + 1] | b[i + 2]) & 0x40) == 0;
    }

    /** The length of the sequence that begins here; 0 where its end is not there yet; where it is broken, less than 0 by the length of the broken part. */
    private static int sequence(byte[] b, int i, int to) {
        int first = b[i] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0) {
            return -1;
        }
        for (int k = 1; k < length; k++) {
            if (i + k == to) {
                return 0;
            }
            int next = b[i + k] & 0xff;
            boolean overlong = k == 1 && (first == 0xe0 && next < 0xa0 || first == 0xf0 && next < 0x90);
            boolean tooHigh = k == 1 && first == 0xf4 && next > 0x8f;
            if (k == 1 && first == SURROGATE && next >= 0xa0 && next < 0xc0) {
                return surrogate(b, i, to);
            }
            if (next >> 6 != 2 || overlong || tooHigh) {
                return -k;
            }
        }
        return length;
    }

    /** The same of an encoded surrogate: -6 for a high one with its low one behind it. */
    private static int surrogate(byte[] b, int i, int to) {
        if (to - i < 3) {
            return 0;
        }
        if ((b[i + 2] & 0xc0) != 0x80) {
            return -2;
        }
        boolean high = (b[i + 1] & 0xff) < 0xb0;
        for (int k = 3; high && k < PAIR; k++) {
            if (i + k == to) {
                return 0;
            }
            int next = b[i + k] & 0xff;
            high = k == 3 ? next == SURROGATE : k == 4 ? next >= 0xb0 && next < 0xc0 : next >> 6 == 2;
        }
        return high ? -PAIR : -3;
    }

    private static byte[] pair(byte[] b, int i) {
        char high = (char) (0xd000 | (b[i + 1] & 0x3f) << 6 | b[i + 2] & 0x3f);
        char low = (char) (0xd000 | (b[i + 4] & 0x3f) << 6 | b[i + 5] & 0x3f);
        return Character.toString(Character.toCodePoint(high, low)).getBytes(StandardCharsets.UTF_8);
    }
}
