package org.chatarchiver.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.chatarchiver.message.Content;

/** A file, its bytes unchanged. */
final class FilePart {
    /** Of a parameter's value on one line. */
    private static final int LONGEST_CHUNK = 60;

    /** Of RFC 2231 7 all but the plus sign, which a reader takes for a space as in a web form. */
    private static final String ATTRIBUTE_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&-.^_`{|}~";

    private FilePart() {}

    static void write(MimeOutput out, String name, String contentType, Content.Present content) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append("Content-Type: ").append(MediaTypes.safe(contentType)).append(";\r\n name=\"");
        boolean clear = clear(name);
        head.append(clear ? name : encodedWords(name)).append("\"\r\nContent-Transfer-Encoding: base64\r\n");
        head.append("Content-Disposition: attachment");
        if (clear) {
            head.append(";\r\n filename=\"").append(name).append('"');
        } else {
            appendExtended(name, head);
        }
        out.ascii(head.append("\r\n\r\n"));
        try (InputStream in = content.open()) {
            out.base64(in);
        }
    }

    /** Whether the name may stand between quotes as it is and fits a line. */
    private static boolean clear(String name) {
        return name.length() <= LONGEST_CHUNK
                && !name.contains("=?")
                && !name.contains("  ")
                && name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\');
    }

    /** Not what RFC 2047 5 (3) allows inside quotes, but what every client wrote and read before RFC 2231. */
    private static String encodedWords(String name) {
        boolean quoted = EncodedWord.prefersQuoted(name);
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < name.length(); ) {
            int to = EncodedWord.end(name, from, LONGEST_CHUNK, quoted);
            out.append(from == 0 ? "" : "\r\n ").append(EncodedWord.of(name.substring(from, to), quoted));
            from = to;
        }
        return out.toString();
    }

    /** RFC 2231 3 and 4: {@code filename*=UTF-8''...}, or {@code filename*0*=UTF-8''...}, {@code filename*1*=...} where it is long. */
    private static void appendExtended(String name, StringBuilder out) {
        StringBuilder chunk = new StringBuilder("UTF-8''");
        int number = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (chunk.length() > LONGEST_CHUNK - 3) {
                out.append(";\r\n filename*").append(number++).append("*=").append(chunk);
                chunk.setLength(0);
            }
            if (ATTRIBUTE_CHARS.indexOf(b) >= 0) {
                chunk.append((char) b);
            } else {
                chunk.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        out.append(";\r\n filename*")
                .append(number == 0 ? "" : number + "*")
                .append('=')
                .append(chunk);
    }
}
