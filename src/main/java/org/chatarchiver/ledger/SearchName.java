package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.chatarchiver.message.Sha256;

/** What a message is found by, as a digest of 64 bits; and its place among all messages. */
final class SearchName {
    private static final int PAGE_BITS = 24;
    private static final int DIGITS = 40;

    private SearchName() {}

    /** @param key of an owner of a device, as owners are compared and stored */
    static long owner(String key) {
        return digest("owner " + key);
    }

    /** Without regard to case. */
    static long target(String target) {
        return digest("target " + target.toLowerCase(Locale.ROOT));
    }

    /** @param digits that a Message-ID begins with, 40 of lower-case hex */
    static long email(String digits) {
        return digest("email " + digits);
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
