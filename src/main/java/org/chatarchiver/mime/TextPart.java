package org.chatarchiver.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A part of text in UTF-8. Its transfer encoding depends on the text alone: 7bit where nothing on the way could change or mistake it,
 * else the shorter one of quoted-printable and base64.
 */
final class TextPart {
    private static final int LONGEST_LINE = 998;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private TextPart() {}

    /** @param extra header lines of this part beside type and encoding, each ended by CRLF; may be empty */
    static void write(MimeOutput out, String subtype, String extra, String text) throws IOException {
        byte[] body = Clean.body(text).getBytes(StandardCharsets.UTF_8);
        boolean clear = clear(body);
        boolean quoted = !clear && QuotedPrintable.shorterThanBase64(body);
        out.ascii("Content-Type: text/" + subtype + "; charset=UTF-8\r\n" + "Content-Transfer-Encoding: "
                + (clear ? "7bit" : quoted ? "quoted-printable" : "base64") + "\r\n" + extra + "\r\n");
        if (clear) {
            out.bytes(body);
        } else if (quoted) {
            out.bytes(QuotedPrintable.encode(body));
        } else {
            out.base64(new ByteArrayInputStream(body));
        }
    }

    /**
     * Whether the text may go as it is: printable ASCII in lines of at most 998 bytes, none of which ends with white space (RFC 2045
     * 6.7 (3): stripped by some), begins with "From " (escaped by mbox stores) or with "--" (might be a boundary).
     */
    private static boolean clear(byte[] body) {
        int start = 0;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (b == '\r' || b == '\n') {
                if (b == '\r' && i > start && blank(body[i - 1])) {
                    return false;
                }
                start = i + 1;
            } else if (b < 0x20 && b != '\t' || b == 0x7f || i - start >= LONGEST_LINE) {
                return false;
            } else if (b == '-' && i == start + 1 && body[start] == '-') {
                return false;
            } else if (b == ' ' && i == start + 4 && QuotedPrintable.startsWith(body, start, FROM)) {
                return false;
            }
        }
        return body.length == 0 || !blank(body[body.length - 1]);
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }
}
