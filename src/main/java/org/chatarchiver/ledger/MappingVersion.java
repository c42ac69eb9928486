package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * A mapping file that was given for a connector, be it refused.
 *
 * @param number from 1 up for each connector
 * @param sha256 lower-case hex SHA-256 of its bytes
 * @param size in bytes
 * @param path where it is kept in the landing zone
 * @param by who gave it: a user's name, or the archiver on whose disk the file was found
 * @param at by the database's clock
 * @param rows null where it is refused
 * @param refused why it is; null where it is not
 * @param state as it is now: another version may have come into force since
 */
public record MappingVersion(
        String connector,
        long number,
        String sha256,
        long size,
        String path,
        Origin origin,
        String by,
        Instant at,
        Rows rows,
        String refused,
        State state) {

    /** Where it came from. */
    public enum Origin {
        /** The connector's file on the disk of an archiver. */
        FILE,
        /** Sent to the API or to the console. */
        UPLOAD,
        /** An earlier version. */
        RESTORED
    }

    /** What became of it. */
    public enum State {
        IN_FORCE,
        /** Another one has come into force since. */
        REPLACED,
        REFUSED
    }

    /**
     * How many rows there are, and what they are against the version that was in force before; a row that has another mailbox or other
     * days for the same id is a changed one.
     */
    public record Rows(int all, int added, int changed, int removed) {}
}
