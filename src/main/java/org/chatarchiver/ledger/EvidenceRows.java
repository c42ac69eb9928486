package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The runs of a time, and their items whatever became of them, in parts. */
@Component
public class EvidenceRows {
    private static final String ITEMS = """
            select i.*, m.connector, m.source_id, m.revision, m.digest, m.owner, m.position, m.run as first_run, m.page as first_page,
                c.msisdn as capturer, c.position as captured_at, c.run as capture_run, c.page as capture_page
            from item i join message m on m.id = i.message
            left join capture c on c.message = i.message and c.target = i.target and c.added where i.run = ? and i.page = ?""";

    private final JdbcTemplate jdbc;
    private final Runs runs;

    EvidenceRows(JdbcTemplate jdbc, Runs runs) {
        this.jdbc = jdbc;
        this.runs = runs;
    }

    /**
     * An item.
     *
     * @param position in its page, from 0; null where its message was first met elsewhere
     * @param messageId the source's; empty where it gave none
     * @param revised the content digest of a later revision, empty for the first
     * @param malformed whether the message could not be understood, so that there is no e-mail of it
     * @param whole whether the ledger has kept the message id as the source gave it
     * @param capturedBy the owner of the device, as the source gave it
     * @param mailbox null for a failure without one
     * @param participant who has no mailbox; null where there is one
     * @param at when it became so
     */
    public record Row(
            UUID message,
            String target,
            String run,
            int page,
            Long position,
            String connector,
            String messageId,
            int revision,
            String revised,
            boolean malformed,
            boolean whole,
            String capturedBy,
            String mailbox,
            String participant,
            ItemState state,
            Reason reason,
            String rule,
            Instant at) {}

    /** Runs of whose window a part lies in [from, to), dry ones too, by id; those behind {@code after}. */
    public List<Run> runs(Instant from, Instant to, String after, int limit) {
        return jdbc
                .queryForList(
                        "select id from run where window_from < ? and window_to > ? and id > ? order by id limit ?",
                        String.class,
                        Sql.at(to),
                        Sql.at(from),
                        after,
                        limit)
                .stream()
                .map(runs::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The items of a page, in one order; those behind {@code after}, null for the first. */
    public List<Row> items(String run, int page, Row after, int limit) {
        // By run and page first: H2 goes through all messages for the order of the primary key.
        String order = " order by i.run, i.page, i.message, i.target limit ?";
        return after == null
                ? jdbc.query(ITEMS + order, EvidenceRows::row, run, page, limit)
                : jdbc.query(
                        ITEMS + " and (i.message > ? or (i.message = ? and i.target > ?))" + order,
                        EvidenceRows::row,
                        run,
                        page,
                        after.message(),
                        after.message(),
                        after.target(),
                        limit);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String sourceId = row.getString("source_id");
        String target = row.getString("target");
        boolean further = isAt(row, "capture_run", "capture_page");
        boolean first = isAt(row, "first_run", "first_page");
        String capturer = row.getString("capturer");
        return new Row(
                row.getObject("message", UUID.class),
                target,
                row.getString("run"),
                row.getInt("page"),
                further
                        ? row.getObject("captured_at", Long.class)
                        : first ? row.getObject("position", Long.class) : null,
                row.getString("connector"),
                Revision.messageId(sourceId),
                row.getInt("revision"),
                row.getInt("revision") == 0 ? "" : row.getString("digest"),
                Revision.isMalformed(sourceId),
                Revision.isWhole(sourceId),
                capturer == null ? row.getString("owner") : capturer,
                ItemTarget.address(target),
                ItemTarget.isMailbox(target) ? null : ItemTarget.participantOf(target),
                ItemState.valueOf(row.getString("state")),
                Sql.reason(row),
                row.getString("rule"),
                Sql.at(row, "updated"));
    }

    private static boolean isAt(ResultSet row, String run, String page) throws SQLException {
        return row.getString("run").equals(row.getString(run)) && row.getInt("page") == row.getInt(page);
    }
}
