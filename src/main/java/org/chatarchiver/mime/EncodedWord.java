package org.chatarchiver.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One encoded word of RFC 2047, in UTF-8. Only the characters that section 5 (3) allows in a phrase are left as they are, so that a word
 * may stand in a display name and in unstructured text alike.
 */
final class EncodedWord {
    /** RFC 2047 2: a word with its delimiters. */
    static final int LONGEST = 75;

    private static final String QUOTED = "=?UTF-8?Q?";
    private static final String BASE64 = "=?UTF-8?B?";
    private static final String END = "?=";
    private static final int FRAME = QUOTED.length() + END.length();
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private EncodedWord() {}

    /** Whether the Q encoding is the shorter one for this text. */
    static boolean prefersQuoted(String text) {
        long quoted = 0;
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int size = Character.isSurrogate(c) ? 2 : size(c);
            bytes += size;
            quoted += plain(c) ? 1 : 3L * size;
        }
        return quoted <= (bytes + 2) / 3 * 4;
    }

    /** Where the word that begins at {@code from} ends, so that it has at most {@code room} characters and splits no character. */
    static int end(String text, int from, int room, boolean quoted) {
        int to = from;
        int bytes = 0;
        int length = 0;
        while (to < text.length()) {
            int c = text.codePointAt(to);
            bytes += size(c);
            length = quoted ? length + (plain(c) ? 1 : 3 * size(c)) : (bytes + 2) / 3 * 4;
            if (FRAME + length > room) {
                break;
            }
            to += Character.charCount(c);
        }
        return to;
    }

    static String of(String part, boolean quoted) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        if (!quoted) {
            return BASE64 + Base64.getEncoder().encodeToString(bytes) + END;
        }
        StringBuilder out = new StringBuilder(LONGEST).append(QUOTED);
        for (byte b : bytes) {
            if (b == ' ') {
                out.append('_');
            } else if (plain(b)) {
                out.append((char) b);
            } else {
                out.append('=').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
        return out.append(END).toString();
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == ' '
                || c == '!'
                || c == '*'
                || c == '+'
                || c == '-'
                || c == '/';
    }

    private static int size(int c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
}
