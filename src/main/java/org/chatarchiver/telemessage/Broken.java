package org.chatarchiver.telemessage;

/** Characters that no text holds: what stands for broken UTF-8, lone surrogates, and NUL, which no database and no e-mail takes. */
final class Broken {
    /** A noncharacter (Unicode 23.7): for use inside a program, and in no text. Not a lone surrogate, which Jackson refuses in UTF-8. */
    static final char MARK = '\uFDEF';

    private static final char REPLACEMENT = '\uFFFD';

    private Broken() {}

    /** The same string where there is none; else a copy with U+FFFD for each. */
    static String replaced(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isBroken(c)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static boolean isBroken(char c) {
        return c == 0 || c == MARK || Character.isSurrogate(c);
    }

    private static String replaced(String text, int from) {
        StringBuilder out = null;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (isBroken(c)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, REPLACEMENT);
            }
        }
        return out == null ? text : out.toString();
    }
}
