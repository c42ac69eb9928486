package org.chatarchiver.message;

import java.util.Locale;

/**
 * Text from outside, made fit for a log line or an error message: it can neither start a line of its own, nor hide or
 * reorder what stands around it, nor fill the disk.
 */
public final class Printable {
    /** Longest result in UTF-16 units, the ellipsis included. */
    public static final int MAX_LENGTH = 200;

    private static final String ELLIPSIS = "…";

    private Printable() {}

    /**
     * The text with control, format (bidirectional overrides among them), line-separating, unassigned and private
     * characters, every other white space than the plain one, signs that show nothing and lone surrogates written as {@code \n}, {@code \r}, {@code \t} or {@code \}{@code uXXXX}, cut to
     * {@value #MAX_LENGTH} characters. Null gives the empty string.
     */
    public static String of(String outside) {
        if (outside == null) {
            return "";
        }
        StringBuilder safe = new StringBuilder(Math.min(outside.length(), MAX_LENGTH) + 16);
        int cut = 0;
        for (int i = 0; i < outside.length(); ) {
            int character = outside.codePointAt(i);
            append(safe, character);
            if (safe.length() > MAX_LENGTH) {
                return safe.substring(0, cut) + ELLIPSIS;
            }
            if (safe.length() <= MAX_LENGTH - ELLIPSIS.length()) {
                cut = safe.length();
            }
            i += Character.charCount(character);
        }
        return safe.toString();
    }

    /** The same in single quotes, for a value within a sentence. */
    public static String quoted(String outside) {
        return "'" + of(outside) + "'";
    }

    private static void append(StringBuilder safe, int character) {
        switch (character) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                if (isPlain(character)) {
                    safe.appendCodePoint(character);
                } else {
                    for (char unit : Character.toChars(character)) {
                        safe.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
                    }
                }
            }
        }
    }

    private static boolean isPlain(int character) {
        return character == ' ' || Blanks.shows(character) && isShown(character);
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
