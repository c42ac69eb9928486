package org.chatarchiver.msexchange.transport;

import java.util.Locale;

/** Makes outside values fit for logs and details. */
public final class Text {
    private static final int LONGEST = 200;

    private Text() {}

    /** At most 200 characters, control and format characters as {@code \\uXXXX}. */
    public static String excerpt(String value) {
        StringBuilder excerpt = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String shown = printable(c) ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c);
            if (excerpt.length() + shown.length() > LONGEST) {
                break;
            }
            excerpt.append(shown);
        }
        return excerpt.toString();
    }

    private static boolean printable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> !Character.isSurrogate(c);
        };
    }
}
