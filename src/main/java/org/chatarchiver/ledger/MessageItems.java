package org.chatarchiver.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of a source message, in every connector that has met it. */
@Component
public class MessageItems {
    private static final String MESSAGES = " from unnest(cast(? as varchar array)) as known (known_connector)"
            + " join message m on m.connector = known.known_connector and m.source_id = ?";

    private final JdbcClient jdbc;
    private final Intents intents;

    MessageItems(JdbcClient jdbc, Intents intents) {
        this.jdbc = jdbc;
        this.intents = intents;
    }

    private record Last(String connector, int revision, String target) {
        static Optional<Last> parse(String place) {
            try {
                return Place.parse(place, 3).map(key -> new Last(key.get(0), Integer.parseInt(key.get(1)), key.get(2)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Where a list goes on behind this one. */
    public static String place(ItemEntry entry) {
        return Place.of(entry.connector(), entry.revision(), entry.item().target());
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Last.parse(after).isPresent();
    }

    /**
     * By connector, revision and mailbox.
     *
     * @param messageId the source's
     * @param mailbox without regard to case; empty for all
     * @param after the {@link #place} behind which the list goes on; empty for its beginning
     */
    public List<ItemEntry> list(
            String messageId, String mailbox, Collection<ItemState> states, int limit, String after) {
        // By connector, as the index of the messages is.
        String[] connectors = jdbc.sql("select distinct connector from run")
                .query(String.class)
                .list()
                .toArray(String[]::new);
        // What is being sent now, too.
        intents.end(jdbc.sql("select distinct m.run, m.page" + MESSAGES)
                .params(connectors, Revision.storable(messageId))
                .query((row, number) -> new Intents.PageKey(row.getString("run"), row.getInt("page")))
                .list());
        StringBuilder sql = new StringBuilder("select " + ItemEntry.COLUMNS + MESSAGES
                + " join item i on i.message = m.id" + ItemEntry.CAPTURE + " where i.state = any(?)");
        List<Object> values = new ArrayList<>(Arrays.asList(
                connectors,
                Revision.storable(messageId),
                states.stream().map(ItemState::name).toArray(String[]::new)));
        if (!mailbox.isEmpty()) {
            sql.append(" and lower(i.target) = ?");
            values.add(ItemTarget.mailbox(Sql.text(mailbox).toLowerCase(Locale.ROOT)));
        }
        Last.parse(after).ifPresent(last -> {
            sql.append(" and (m.connector, m.revision, i.target) > (?, ?, ?)");
            values.addAll(List.of(last.connector(), last.revision(), last.target()));
        });
        sql.append(" order by m.connector, m.revision, i.target limit ?");
        values.add(limit);
        return jdbc.sql(sql.toString()).params(values).query(ItemEntry::row).list();
    }
}
