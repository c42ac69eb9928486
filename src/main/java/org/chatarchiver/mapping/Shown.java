package org.chatarchiver.mapping;

/** A value from outside, made fit for a sentence in a log, a report or an error. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    /** Quoted, control and invisible formatting characters escaped, at most 200 characters of the value. */
    static String of(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
        return shown.append(value.length() > LONGEST ? "...'" : "'").toString();
    }

    /** Whether the character cannot be seen, or moves or breaks what stands beside it. */
    static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder shown, int c) {
        if (isControl(c)) {
            shown.append(String.format("\\u%04X", c));
        } else {
            shown.appendCodePoint(c);
        }
    }
}
