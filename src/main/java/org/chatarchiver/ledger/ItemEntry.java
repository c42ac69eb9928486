package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * An item with what names its message.
 *
 * @param sourceId the message's id, {@linkplain Revision#storable storable}
 * @param revision from 0
 * @param digest of the revision's content
 * @param position in the page that the item came from, from 0
 * @param owner of the capture that the item is of
 * @param updated when its state was last written: when it was delivered, for a delivered one
 */
public record ItemEntry(
        Item item,
        String connector,
        String sourceId,
        int revision,
        String digest,
        long position,
        String owner,
        Instant updated) {
    /** With the capture that the item was added by, where that is not its message's first. */
    static final String COLUMNS = "i.*, m.connector, m.source_id, m.revision, m.digest,"
            + " coalesce(c.position, m.position) as position, coalesce(c.msisdn, m.owner) as owner";

    static final String CAPTURE = " left join capture c on c.message = i.message and c.target = i.target and c.added";

    static ItemEntry row(ResultSet row, int number) throws SQLException {
        return new ItemEntry(
                Items.item(row, number),
                row.getString("connector"),
                row.getString("source_id"),
                row.getInt("revision"),
                row.getString("digest"),
                row.getLong("position"),
                row.getString("owner"),
                Sql.at(row, "updated"));
    }
}
