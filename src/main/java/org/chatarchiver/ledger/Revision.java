package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.chatarchiver.message.Sha256;

/**
 * A source message with one content: what an item is an item of.
 *
 * @param sourceId {@linkplain #storable storable}
 * @param digest of the content, lower-case hex SHA-256
 * @param number 0 for the content that came first
 * @param position in the page, from 0
 * @param owner msisdn of the first capture as the source gave it, cut behind 1,000 characters, or empty
 * @param ownerKey the first capture's owner as owners are compared, empty where unknown; null where it was not recorded
 * @param direction of the first capture, {@code In}, {@code Out} or empty; null where it was not recorded
 */
public record Revision(
        UUID id,
        String connector,
        String sourceId,
        String digest,
        int number,
        String run,
        int page,
        long position,
        String owner,
        String ownerKey,
        String direction) {
    private static final int LONGEST_OWNER = 1000;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_ID = 1000;

    private static final String MALFORMED = "malformed:";
    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{64}#[0-9]+");

    public static Revision of(
            String connector,
            String sourceId,
            String digest,
            int number,
            Page page,
            long position,
            String owner,
            String ownerKey,
            String direction) {
        return new Revision(
                id(connector, sourceId, digest),
                connector,
                sourceId,
                digest,
                number,
                page.run(),
                page.number(),
                position,
                owner(owner),
                ownerKey(ownerKey),
                direction);
    }

    /** A msisdn as the ledger stores it. */
    public static String owner(String msisdn) {
        return Sql.text(msisdn, LONGEST_OWNER);
    }

    /** An owner, in the form in which owners are compared, as the ledger stores it. */
    public static String ownerKey(String key) {
        return Sql.key(key, LONGEST_KEY);
    }

    /**
     * The source id of an element that could not be understood, which is kept apart from the same message in good order.
     *
     * @param messageId as the source gave it; where it gave none, the digest of the page, {@code #} and the position in it
     */
    public static String malformed(String messageId) {
        return MALFORMED + storable(messageId);
    }

    /** Whether it is the source id of such an element. */
    public static boolean isMalformed(String sourceId) {
        return sourceId.startsWith(MALFORMED);
    }

    /** As the source gave it; empty where it gave none. */
    public String messageId() {
        return messageId(sourceId);
    }

    /** The same of a source id. */
    static String messageId(String sourceId) {
        if (!isMalformed(sourceId)) {
            return sourceId;
        }
        String given = sourceId.substring(MALFORMED.length());
        return PLACE.matcher(given).matches() ? "" : given;
    }

    /** Whether a stored source id is certainly what the source gave: longer ones end in a digest, and what cannot be stored is replaced. */
    static boolean isWhole(String sourceId) {
        return sourceId.length() < LONGEST_ID && sourceId.indexOf('\uFFFD') < 0;
    }

    /** A source id as the ledger stores it, at most 1,000 characters; the key of {@link Items#recall}. */
    public static String storable(String sourceId) {
        return Sql.key(sourceId, LONGEST_ID);
    }

    /** The first 128 bits of SHA-256 over connector, source id and digest, each ended by LF. */
    static UUID id(String connector, String sourceId, String digest) {
        MessageDigest sha = Sha256.start();
        for (String part : List.of(connector, sourceId, digest)) {
            sha.update(part.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(sha.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
