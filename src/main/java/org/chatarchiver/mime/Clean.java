package org.chatarchiver.mime;

/** Makes outside text safe to stand in an e-mail. */
final class Clean {
    private static final char REPLACEMENT = '\uFFFD';

    private Clean() {}

    /** UTF-16 without lone surrogates, which UTF-8 cannot express: each becomes U+FFFD. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replace(text, false);
            }
        }
        return text;
    }

    /**
     * For a header: also every control character and both Unicode line separators become a space, so that no reader takes what
     * follows for a line of its own.
     */
    static String header(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || breaksLine(c)) {
                return replace(text, true);
            }
        }
        return text;
    }

    /** For a body: well formed, and every line end is CRLF. */
    static String body(String text) {
        String clean = wellFormed(text);
        if (clean.indexOf('\n') < 0 && clean.indexOf('\r') < 0) {
            return clean;
        }
        StringBuilder out = new StringBuilder(clean.length() + 64);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c == '\n' && i > 0 && clean.charAt(i - 1) == '\r') {
                continue;
            }
            if (c == '\n' || c == '\r') {
                out.append("\r\n");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The first characters of a text that would make a header unreadably long. */
    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, Clusters.cut(text, end)) + "\u2026";
    }

    /** Without white space of any kind at its ends, no-break spaces included: some readers strip those too. */
    static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String replace(String text, boolean header) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append(REPLACEMENT);
            } else {
                out.append(header && breaksLine(c) ? ' ' : c);
            }
        }
        return out.toString();
    }
}
