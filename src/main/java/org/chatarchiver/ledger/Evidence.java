package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the ledger says of a run, for whoever holds it against what there is. Each question is asked in parts, whatever the run's size. */
@Component
public class Evidence {
    private static final String DELIVERED = " i.run = ? and i.state in ('IMPORTED', 'PARTIAL')";

    private final JdbcTemplate jdbc;

    Evidence(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param removed on purpose, since it was kept for as long as it had to be */
    public record KeptPage(Page page, boolean removed) {}

    /** The pages of a run, in their order. */
    public List<KeptPage> pages(String run) {
        return jdbc.query(
                "select * from page where run = ? order by number",
                (row, number) -> new KeptPage(
                        new Page(
                                row.getString("run"),
                                row.getInt("number"),
                                row.getString("path"),
                                row.getString("sha256"),
                                row.getLong("size"),
                                row.getLong("messages"),
                                Sql.at(row, "landed")),
                        row.getString("state").equals("REMOVED")),
                run);
    }

    /**
     * A revision that the ledger has of a source message.
     *
     * @param digest of the content
     * @param owner msisdn of the first capture, as the source gave it
     * @param ownerKey the same as owners are compared; null where it was not recorded
     * @param counted whether it has come to an item
     * @param again whether the run that was asked for has met it, although another met it first
     * @param captures those behind the first one
     */
    public record Known(
            UUID id,
            String digest,
            String run,
            int page,
            long position,
            String owner,
            String ownerKey,
            boolean counted,
            boolean again,
            List<Capture> captures) {}

    /**
     * What is known of source messages, by source id.
     *
     * @param run which meets them
     * @param sourceIds at most some thousands
     */
    public Map<String, List<Known>> known(String connector, String run, Collection<String> sourceIds) {
        String[] ids = sourceIds.toArray(String[]::new);
        Map<UUID, List<Capture>> captures = new HashMap<>();
        Map<String, List<Known>> known = new HashMap<>();
        jdbc.query(
                // As in Items.recall.
                """
                select m.*, exists (select 1 from item i where i.message = m.id) as counted,
                    exists (select 1 from capture_met_again a where a.run = ? and a.message = m.id) as again
                from unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (wanted_connector, wanted_id)
                join message m on m.connector = wanted.wanted_connector and m.source_id = wanted.wanted_id
                order by m.source_id, m.revision""",
                (ResultSet row) -> {
                    UUID id = row.getObject("id", UUID.class);
                    captures.put(id, new ArrayList<>());
                    known.computeIfAbsent(row.getString("source_id"), none -> new ArrayList<>())
                            .add(known(row, id, captures.get(id)));
                },
                run,
                Collections.nCopies(ids.length, connector).toArray(String[]::new),
                ids);
        CaptureRows.of(jdbc, captures.keySet().toArray(UUID[]::new))
                .forEach((id, further) -> captures.get(id).addAll(further));
        return known;
    }

    private static Known known(ResultSet row, UUID id, List<Capture> captures) throws SQLException {
        return new Known(
                id,
                row.getString("digest"),
                row.getString("run"),
                row.getInt("page"),
                row.getLong("position"),
                row.getString("owner"),
                row.getString("owner_key"),
                row.getBoolean("counted"),
                row.getBoolean("again"),
                captures);
    }

    /**
     * An item that is in its mailbox, as far as the ledger knows.
     *
     * @param target its mailbox, as {@link ItemTarget} has it
     * @param position in the page of the item; null where its message was first met elsewhere
     * @param revision the content digest of a later revision, empty for the first
     * @param confirmed whether the destination has told under which number it has it
     * @param delivered when
     */
    public record Delivered(
            UUID message,
            String target,
            String mailbox,
            Long position,
            String sourceId,
            String revision,
            boolean confirmed,
            Instant delivered) {}

    /** How many items a run has delivered. */
    public long delivered(String run) {
        return jdbc.queryForObject("select count(*) from item i where" + DELIVERED, Long.class, run);
    }

    /** The delivered items of a page, in one order; those behind {@code after}, null for the first. */
    public List<Delivered> delivered(Page page, Delivered after, int limit) {
        String select = """
                select i.*, m.source_id, m.revision, m.digest, m.position, m.run as first_run, m.page as first_page
                from item i join message m on m.id = i.message where i.page = ? and""" + DELIVERED;
        // By run and page first: H2 goes through all messages for the order of the primary key.
        String order = " order by i.run, i.page, i.message, i.target limit ?";
        return after == null
                ? jdbc.query(select + order, Evidence::delivered, page.number(), page.run(), limit)
                : jdbc.query(
                        select + " and (i.message > ? or (i.message = ? and i.target > ?))" + order,
                        Evidence::delivered,
                        page.number(),
                        page.run(),
                        after.message(),
                        after.message(),
                        after.target(),
                        limit);
    }

    private static Delivered delivered(ResultSet row, int number) throws SQLException {
        boolean here = row.getString("first_run").equals(row.getString("run"))
                && row.getInt("first_page") == row.getInt("page");
        return new Delivered(
                row.getObject("message", UUID.class),
                row.getString("target"),
                ItemTarget.address(row.getString("target")),
                here ? row.getLong("position") : null,
                row.getString("source_id"),
                row.getInt("revision") == 0 ? "" : row.getString("digest"),
                row.getLong("uid") > 0,
                Sql.at(row, "updated"));
    }
}
