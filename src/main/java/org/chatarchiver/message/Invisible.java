package org.chatarchiver.message;

/** White space of every kind, and signs that show nothing: both get into values by copying, and nobody sees them there. */
public final class Invisible {
    private static final int NEXT_LINE = 0x0085;

    private Invisible() {}

    /** The text without what cannot be seen at its two ends. Control characters that are no white space stay: they are no accident. */
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

    /** Whether nothing of the text can be seen; an empty one too. */
    public static boolean isAll(String text) {
        return cutOff(text).isEmpty();
    }

    /** Whether a reader sees it, or it is a control character and does something. */
    static boolean shows(int character) {
        boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
        return !space && !isBlank(character);
    }

    /** Drawn as nothing, or as nothing but width, without being white space to Unicode. */
    static boolean isBlank(int character) {
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
