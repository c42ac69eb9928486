package org.chatarchiver.message;

import java.math.BigDecimal;
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

    /** Also as programs write a whole number that they hold as a floating-point one: {@code 4.0}, {@code 1.048576E7}. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,18}(?:\\.\\d{1,18})?(?:[eE]\\+?\\d{1,2})?");

    private static final int LONGEST_SIZE = 18;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** What is no number of bytes, or no SHA-256 in hex, declares nothing: it can be held against nothing. */
    public static Declared of(String size, String sha256) {
        String bytes = Blanks.cutOff(size);
        String digest = Blanks.cutOff(sha256);
        return new Declared(
                SIZE.matcher(bytes).matches() ? whole(new BigDecimal(bytes)) : -1,
                SHA256.matcher(digest).matches() ? digest.toLowerCase(Locale.ROOT) : "");
    }

    private static long whole(BigDecimal size) {
        BigDecimal plain = size.stripTrailingZeros();
        boolean countsBytes = plain.scale() <= 0 && plain.precision() - plain.scale() <= LONGEST_SIZE;
        return countsBytes ? plain.longValueExact() : -1;
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
