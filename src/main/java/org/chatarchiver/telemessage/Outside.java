package org.chatarchiver.telemessage;

/** Values from outside, made fit for logs and errors. */
final class Outside {
    private static final int LONGEST = 200;

    private Outside() {}

    /** In single quotes, control and formatting characters escaped, at most 200 characters. */
    static String quote(String value) {
        StringBuilder out = new StringBuilder("'");
        int shown = Math.min(value.length(), LONGEST);
        for (int i = 0; i < shown && out.length() < LONGEST; i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(shown < value.length() ? "...'" : "'").toString();
    }
}
