package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.chatarchiver.message.Sha256;

/** What messages are found by, as digests of 64 bits; and the place of a message among all. */
final class SearchName {
    private static final int PAGE_BITS = 24;
    private static final int DIGITS = 40;
    private static final int KEY_DIGITS = 16;
    /** So that a look-up of one Message-ID reads a five-hundredth of all, and some pages fill a row. */
    private static final int BUCKET_BITS = 9;

    private SearchName() {}

    /** @param key of an owner of a device, as owners are compared and stored */
    static long owner(String key) {
        return digest("owner " + key);
    }

    /** @param key of a person, as persons are compared */
    static long party(String key) {
        return digest("party " + key);
    }

    /** @param mark names a row of a mapping file */
    static long mark(String mark) {
        return digest("mark " + mark);
    }

    /** Without regard to case. */
    static long target(String target) {
        return digest("target " + target.toLowerCase(Locale.ROOT));
    }

    /** Of many Message-IDs, among them that one. */
    static long emails(long emailKey) {
        return digest("emails " + (emailKey >>> Long.SIZE - BUCKET_BITS));
    }

    /** @param digits that a Message-ID begins with, 40 of lower-case hex */
    static long emailKey(String digits) {
        return HexFormat.fromHexDigitsToLong(digits, 0, KEY_DIGITS);
    }

    /**
     * The digits that the Message-ID of a message's e-mail begins with (MessageIds in the package mime).
     *
     * @param further whether it is a later revision than the first
     */
    static String emailDigits(String connector, String sourceId, String digest, boolean further) {
        return Sha256.of(connector + "\n" + sourceId + (further ? "\n" + digest : ""))
                .substring(0, DIGITS);
    }

    /** In ascending order the latest come first. */
    static long place(Instant runStarted, int page) {
        return -(runStarted.getEpochSecond() << PAGE_BITS | page & (1 << PAGE_BITS) - 1);
    }

    private static long digest(String text) {
        return ByteBuffer.wrap(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
