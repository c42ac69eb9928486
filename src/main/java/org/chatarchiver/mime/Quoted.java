package org.chatarchiver.mime;

/** An outside value as it may stand in an error or a log. */
final class Quoted {
    private static final int LONGEST = 200;

    private Quoted() {}

    /** Control characters escaped, at most 200 characters. */
    static String of(String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder();
        value.chars().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return value.length() > LONGEST
                ? out.substring(0, Math.min(out.length(), LONGEST - 3)) + "..."
                : out.toString();
    }
}
