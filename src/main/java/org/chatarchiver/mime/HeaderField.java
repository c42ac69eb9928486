package org.chatarchiver.mime;

/**
 * One header field, folded at 76 characters (RFC 5322 2.2.3), in ASCII only. Nothing is folded but at the single space between two
 * tokens: a reader that unfolds gets the value back to the character.
 */
final class HeaderField {
    private static final int WIDTH = 76;

    /** A digest or a list of numbers is better in clear on a long line than encoded; RFC 5322 2.1.1 draws the line at 998. */
    private static final int LONGEST_TOKEN = 900;

    private final StringBuilder out;
    private int column;
    private boolean empty = true;

    /** @param name at most 40 characters, so that the first token always finds room beside it */
    HeaderField(StringBuilder out, String name) {
        this.out = out;
        out.append(name).append(':');
        column = name.length() + 1;
    }

    /** A token without white space: an address, an id, a quoted name; at most 900 characters, ASCII. */
    HeaderField token(String token) {
        if (column + 1 + token.length() > WIDTH && !empty) {
            fold();
        } else {
            space();
        }
        append(token);
        return this;
    }

    /** Unstructured text, in clear where every reader gives it back unchanged, else in encoded words. */
    HeaderField text(String value) {
        String clean = Clean.header(value);
        if (!clear(clean)) {
            return encoded(clean);
        }
        for (int from = 0; from < clean.length(); ) {
            int space = clean.indexOf(' ', from);
            int to = space < 0 ? clean.length() : space;
            token(clean.substring(from, to));
            from = to + 1;
        }
        return this;
    }

    /**
     * Clean text as encoded words, none of which splits a character. White space between them does not count (RFC 2047 6.2), but Python
     * 3.11 keeps it in a display name: so a word ends where the text has a space, if there is one, and not amid a name.
     */
    HeaderField encoded(String clean) {
        boolean quoted = EncodedWord.prefersQuoted(clean);
        for (int from = 0; from < clean.length(); ) {
            int to = end(clean, from, quoted);
            boolean unbroken = to < clean.length() && clean.lastIndexOf(' ', to - 1) < from;
            if (!empty && (to == from || unbroken)) {
                fold();
                to = end(clean, from, quoted);
            }
            space();
            if (to < clean.length() && clean.lastIndexOf(' ', to - 1) >= from) {
                to = clean.lastIndexOf(' ', to - 1) + 1;
            }
            append(EncodedWord.of(clean.substring(from, to), quoted));
            from = to;
        }
        return this;
    }

    private int end(String clean, int from, boolean quoted) {
        int room = WIDTH - column - (column == 1 ? 0 : 1);
        return EncodedWord.end(clean, from, Math.min(room, EncodedWord.LONGEST), quoted);
    }

    void end() {
        out.append("\r\n");
    }

    /**
     * White space at an end or doubled is lost by some readers, a backslash at a fold too (Angus Mail), {@code =?} is taken for an encoded word even inside quotes, and a word
     * that is longer than a line may be cannot be folded.
     */
    private static boolean clear(String text) {
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                if (word == 0 || text.charAt(i - 1) == '\\') {
                    return false;
                }
                word = 0;
            } else if (c < 0x21
                    || c > 0x7e
                    || ++word > LONGEST_TOKEN
                    || c == '?' && i > 0 && text.charAt(i - 1) == '=') {
                return false;
            }
        }
        return word > 0;
    }

    /** A fold is a space already. */
    private void space() {
        if (column > 1) {
            out.append(' ');
            column++;
        }
    }

    private void fold() {
        out.append("\r\n ");
        column = 1;
    }

    private void append(String ascii) {
        out.append(ascii);
        column += ascii.length();
        empty = false;
    }
}
