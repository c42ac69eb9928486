package org.chatarchiver.ledger;

/**
 * A file that is to become a version; its bytes have landed.
 *
 * @param rows null where it is refused
 * @param refused why it is; null where it is not
 */
public record MappingOffer(
        String connector,
        String sha256,
        long size,
        String path,
        MappingVersion.Origin origin,
        String by,
        MappingVersion.Rows rows,
        String refused) {

    /** What came of an offer. */
    public sealed interface Outcome {
        /** It is the version of this number. */
        record Recorded(long number) implements Outcome {}

        /** Another version has come into force since the one that its rows were held against; nothing is recorded. */
        record Overtaken() implements Outcome {}

        /** The same file was found by another archiver before; nothing is recorded. */
        record Known() implements Outcome {}
    }
}
