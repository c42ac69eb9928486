package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.ledger.MappingVersion;

/**
 * A mapping file that was given.
 *
 * @param sha256 of its bytes, lower-case hex
 * @param size in bytes
 * @param rows in all; null where it is refused, as the next three are
 * @param added against the version that was in force before
 * @param changed rows with another mailbox, or other days, for the same id
 * @param refused why it is; null where it is not
 * @param by a user, or the archiver on whose disk the file was found
 * @param at by the database's clock
 */
record MappingVersionView(
        long number,
        MappingVersion.State state,
        String sha256,
        long size,
        Integer rows,
        Integer added,
        Integer changed,
        Integer removed,
        String refused,
        MappingVersion.Origin origin,
        String by,
        Instant at) {

    static MappingVersionView of(MappingVersion version) {
        MappingVersion.Rows rows = version.rows();
        return new MappingVersionView(
                version.number(),
                version.state(),
                version.sha256(),
                version.size(),
                rows == null ? null : Integer.valueOf(rows.all()),
                rows == null ? null : Integer.valueOf(rows.added()),
                rows == null ? null : Integer.valueOf(rows.changed()),
                rows == null ? null : Integer.valueOf(rows.removed()),
                version.refused(),
                version.origin(),
                version.by(),
                version.at());
    }
}
