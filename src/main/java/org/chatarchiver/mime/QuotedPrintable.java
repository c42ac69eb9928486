package org.chatarchiver.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable (RFC 2045 6.7) of text whose line ends are CRLF. A boundary cannot occur in it: each of ours holds {@code =_}, and
 * here an equals sign is always followed by a hex digit or a line end.
 */
final class QuotedPrintable {
    private static final int LONGEST_LINE = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private QuotedPrintable() {}

    static boolean shorterThanBase64(byte[] text) {
        long escaped = 0;
        for (byte b : text) {
            if (!plain(b) && b != '\r' && b != '\n') {
                escaped++;
            }
        }
        return escaped * 6 <= text.length;
    }

    static byte[] encode(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 4 + 16);
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\r') {
                out.write('\r');
                out.write('\n');
                column = 0;
                i++;
                continue;
            }
            boolean literal = plain(b) && !atRisk(text, i, column);
            int width = literal ? 1 : 3;
            // One column stays free for the soft line break.
            if (column + width > LONGEST_LINE - 1) {
                out.write('=');
                out.write('\r');
                out.write('\n');
                column = 0;
                literal = plain(b) && !atRisk(text, i, column);
                width = literal ? 1 : 3;
            }
            if (literal) {
                out.write(b);
            } else {
                out.write('=');
                out.write(HEX[b >> 4 & 15]);
                out.write(HEX[b & 15]);
            }
            column += width;
        }
        return out.toByteArray();
    }

    static boolean startsWith(byte[] text, int at, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (at + i >= text.length || text[at + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** White space before a line end is stripped by some relays, "From " at a line's start is escaped by mbox stores. */
    private static boolean atRisk(byte[] text, int i, int column) {
        byte b = text[i];
        if (b == ' ' || b == '\t') {
            return i + 1 == text.length || text[i + 1] == '\r';
        }
        return column == 0 && b == 'F' && startsWith(text, i, FROM);
    }

    private static boolean plain(byte b) {
        return b >= 0x20 && b < 0x7f && b != '=' || b == '\t';
    }
}
