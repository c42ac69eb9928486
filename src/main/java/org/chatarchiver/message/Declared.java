package org.chatarchiver.message;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the source says that an attachment is, to be held against what came.
 *
 * @param size bytes; -1 where it says nothing that can be used
 * @param sha256 lower-case hex; empty where it says nothing that can be used
 */
public record Declared(long size, String sha256) {
    /** The source says nothing. */
    public static final Declared NOTHING = new Declared(-1, "");

    private static final Pattern SIZE = Pattern.compile("\\d{1,18}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** What is no number of bytes, or no SHA-256 in hex, declares nothing: it can be held against nothing. */
    public static Declared of(String size, String sha256) {
        String bytes = size.strip();
        String digest = sha256.strip();
        return new Declared(
                SIZE.matcher(bytes).matches() ? Long.parseLong(bytes) : -1,
                SHA256.matcher(digest).matches() ? digest.toLowerCase(Locale.ROOT) : "");
    }

    /**
     * Whether bytes are others than declared.
     *
     * @param received number of bytes; -1 where it is not known
     * @param digest lower-case hex SHA-256; empty where it is not known
     */
    public boolean differs(long received, String digest) {
        return size >= 0 && received >= 0 && size != received
                || !sha256.isEmpty() && !digest.isEmpty() && !sha256.equals(digest);
    }
}
