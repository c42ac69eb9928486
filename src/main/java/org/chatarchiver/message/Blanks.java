package org.chatarchiver.message;

/**
 * White space of every kind, and signs that are drawn as nothing: both get into values by copying, and nobody sees them there. No control
 * characters beside those that are white space: they are no accident.
 */
public final class Blanks {
    private static final int NEXT_LINE = 0x0085;

    private Blanks() {}

    /** The text without those at its two ends. */
    public static String cutOff(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && !shows(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && !shows(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** Whether the text has nothing else; an empty one too. */
    public static boolean isAll(String text) {
        return cutOff(text).isEmpty();
    }

    /** Whether a reader sees it, or it is a control character and does something. */
    static boolean shows(int character) {
        boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
        return !space && !isUndrawn(character);
    }

    /** Drawn as nothing, or as nothing but width, without being white space to Unicode. */
    static boolean isUndrawn(int character) {
        return Character.getType(character) == Character.FORMAT
                || switch (character) {
                    case 0x034F, // combining grapheme joiner
                            0x115F, // Hangul fillers
                            0x1160,
                            0x3164,
                            0xFFA0,
                            0x17B4, // Khmer inherent vowels
                            0x17B5,
                            0x2800 -> // Braille pattern blank
                        true;
                    default -> false;
                };
    }
}
