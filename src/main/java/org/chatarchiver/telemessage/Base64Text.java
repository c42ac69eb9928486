package org.chatarchiver.telemessage;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Decodes base64 (RFC 4648, either alphabet) straight from the inside of a JSON string, of any length. Line
 * breaks, escapes and missing padding are tolerated. Anything else makes it "no base64", and the rest of the string is passed over: a
 * blank may have been a {@code +} before it went through a web form, and bits behind the last byte are what is left of a text that was
 * cut.
 */
final class Base64Text {
    private static final int BREAK = -1;
    private static final int PADDING = -2;
    private static final int WRONG = -3;
    private static final byte[] VALUES = values();

    private final PageBytes in;
    private final byte[] ahead = new byte[8 * 1024];
    private int position;
    private int limit;
    private final byte[] block = new byte[6 * 1024];
    private int filled;
    private int bits;
    private int held;
    private int padding;
    private boolean wrong;

    Base64Text(PageBytes in) {
        this.in = in;
    }

    /** Reads from behind the opening quote to behind the closing one; false where it is no base64, whatever was written before. */
    boolean decode(OutputStream out) throws IOException {
        for (int c = first(out); c != '"'; c = first(out)) {
            int value = c == '\\' ? value(escaped()) : value(c);
            if (value >= 0 && padding == 0) {
                add(value, out);
            } else if (value == PADDING) {
                padding++;
            } else if (value != BREAK) {
                wrong = true;
            }
        }
        in.push(Arrays.copyOfRange(ahead, position, limit));
        return finish(out);
    }

    /** The next character that needs a second look: four plain ones at a time are decoded on the way to it. */
    private int first(OutputStream out) throws IOException {
        while (held == 0 && padding == 0 && limit - position >= 4) {
            int value = VALUES[ahead[position] & 0xff] << 18
                    | VALUES[ahead[position + 1] & 0xff] << 12
                    | VALUES[ahead[position + 2] & 0xff] << 6
                    | VALUES[ahead[position + 3] & 0xff];
            if (value < 0) {
                break;
            }
            position += 4;
            store(value, out);
        }
        return read();
    }

    private void add(int value, OutputStream out) throws IOException {
        bits = bits << 6 | value;
        if (++held < 4) {
            return;
        }
        store(bits, out);
        held = 0;
        bits = 0;
    }

    private void store(int three, OutputStream out) throws IOException {
        block[filled++] = (byte) (three >> 16);
        block[filled++] = (byte) (three >> 8);
        block[filled++] = (byte) three;
        if (filled == block.length) {
            flush(out);
        }
    }

    private boolean finish(OutputStream out) throws IOException {
        int unused = held == 2 ? bits & 0xf : held == 3 ? bits & 0x3 : 0;
        if (held == 1 || unused != 0 || padding > 0 && (held == 0 || held + padding != 4)) {
            return false;
        }
        if (held == 2) {
            block[filled++] = (byte) (bits >> 4);
        } else if (held == 3) {
            block[filled++] = (byte) (bits >> 10);
            block[filled++] = (byte) (bits >> 2);
        }
        flush(out);
        return !wrong;
    }

    private void flush(OutputStream out) throws IOException {
        if (!wrong) {
            out.write(block, 0, filled);
        }
        filled = 0;
    }

    private int escaped() throws IOException {
        int c = read();
        return switch (c) {
            case 'n', 'r' -> '\n';
            case 't', 'f', 'b' -> ' ';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    code = code << 4 | Character.digit(read(), 16) & 0xf;
                }
                yield code;
            }
            default -> c;
        };
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = Math.max(0, in.read(ahead, 0, ahead.length));
            position = 0;
            if (limit == 0) {
                throw new EOFException("The page ends inside an attachment");
            }
        }
        return ahead[position++] & 0xff;
    }

    private static int value(int c) {
        return c < VALUES.length ? VALUES[c] : WRONG;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) WRONG);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        values['='] = PADDING;
        values['\r'] = BREAK;
        values['\n'] = BREAK;
        return values;
    }
}
