package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Revisions as rows of the table {@code message}. */
final class RevisionRows {
    static final String INSERT =
            "insert into message (id, connector, source_id, digest, revision, run, page, position, owner, owner_key, direction) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private RevisionRows() {}

    static Object[] columns(Revision revision) {
        return new Object[] {
            revision.id(),
            revision.connector(),
            revision.sourceId(),
            revision.digest(),
            revision.number(),
            revision.run(),
            revision.page(),
            revision.position(),
            revision.owner(),
            revision.ownerKey(),
            revision.direction()
        };
    }

    static Revision row(ResultSet row, int number) throws SQLException {
        return new Revision(
                row.getObject("id", UUID.class),
                row.getString("connector"),
                row.getString("source_id"),
                row.getString("digest"),
                row.getInt("revision"),
                row.getString("run"),
                row.getInt("page"),
                row.getLong("position"),
                row.getString("owner"),
                row.getString("owner_key"),
                row.getString("direction"));
    }

    /** Records revisions unless they are known. A malformed element may carry the id of a known message: it is then a further revision. */
    static void name(JdbcTemplate jdbc, List<Revision> revisions) {
        jdbc.batchUpdate(
                INSERT + " on conflict do nothing",
                revisions.stream().map(RevisionRows::columns).toList());
        // One that is there by now has its id, and adds nothing.
        jdbc.batchUpdate("""
                insert into message (id, connector, source_id, digest, revision, run, page, position, owner, owner_key, direction)
                select ?, ?, ?, ?, max(m.revision) + 1, ?, ?, ?, ?, ?, ? from message m where m.connector = ? and m.source_id = ?
                having not exists (select 1 from message same where same.id = ?)""", revisions.stream().map(RevisionRows::further).toList());
    }

    private static Object[] further(Revision revision) {
        Object[] columns = columns(revision);
        return new Object[] {
            columns[0],
            columns[1],
            columns[2],
            columns[3],
            columns[5],
            columns[6],
            columns[7],
            columns[8],
            columns[9],
            columns[10],
            revision.connector(),
            revision.sourceId(),
            revision.id()
        };
    }
}
