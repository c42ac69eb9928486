package org.chatarchiver.mime;

/** Characters that a mail client shows nothing of: white space, controls, and what Unicode calls default ignorable. */
final class Invisible {
    private Invisible() {}

    /** Whether a reader sees nothing of the text. */
    static boolean all(String text) {
        return text.codePoints().allMatch(Invisible::is);
    }

    static boolean is(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isBlank(c) || isIgnorable(c);
        };
    }

    /** The Braille pattern without a dot, and the musical note without a head: letters to Unicode, white to a reader. */
    private static boolean isBlank(int c) {
        return c == 0x2800 || c == 0x1D159;
    }

    /** Default_Ignorable_Code_Point of DerivedCoreProperties.txt, as far as it is no format character. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c == 0x2065
                || c == 0x3164
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFFA0
                || c >= 0xFFF0 && c <= 0xFFF8
                || c >= 0xE0000 && c <= 0xE0FFF;
    }
}
