package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Items that wait for their next try. Whatever is asked reads those alone, by the index of their times, and never the whole ledger. */
@Component
public class Waiting {
    private final JdbcClient jdbc;

    Waiting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Last(Instant until, UUID message, String target) {
        static Optional<Last> parse(String place) {
            try {
                return Place.parse(place, 3)
                        .map(key -> new Last(Instant.parse(key.get(0)), UUID.fromString(key.get(1)), key.get(2)));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    /** Where a list goes on behind this one. */
    public static String place(ItemEntry entry) {
        Item item = entry.item();
        return Place.of(item.retryAt(), item.message(), item.target());
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Last.parse(after).isPresent();
    }

    /**
     * Those that are due first come first.
     *
     * @param mailbox without regard to case; empty for all
     * @param messageId the source's; empty for all
     * @param after the {@link #place} behind which the list goes on; empty for its beginning
     */
    @Transactional(readOnly = true)
    public List<ItemEntry> list(String mailbox, String messageId, int limit, String after) {
        StringBuilder sql = new StringBuilder("select " + ItemEntry.COLUMNS
                + " from item i join message m on m.id = i.message" + ItemEntry.CAPTURE
                + " where i.retry_at < " + Sql.NEVER + " and i.state = 'RETRY'");
        List<Object> values = new ArrayList<>();
        if (!mailbox.isEmpty()) {
            sql.append(" and lower(i.target) = ?");
            values.add(ItemTarget.mailbox(Sql.text(mailbox).toLowerCase(Locale.ROOT)));
        }
        if (!messageId.isEmpty()) {
            sql.append(" and m.source_id = ?");
            values.add(Revision.storable(messageId));
        }
        Last.parse(after).ifPresent(last -> {
            sql.append(
                    " and i.retry_at >= ? and (i.retry_at > ? or i.message > ? or (i.message = ? and i.target > ?))");
            values.addAll(
                    List.of(Sql.at(last.until()), Sql.at(last.until()), last.message(), last.message(), last.target()));
        });
        sql.append(" order by i.retry_at, i.message, i.target limit ?");
        values.add(limit);
        return jdbc.sql(sql.toString()).params(values).query(ItemEntry::row).list();
    }

    /** How many wait, by connector. */
    public record Number(String connector, long number) {}

    @Transactional(readOnly = true)
    public List<Number> numbers() {
        return jdbc.sql("""
                        select r.connector, sum(i.number) as number
                        from (select run, count(*) as number from item where retry_at < """ + Sql.NEVER + """
                             and state = 'RETRY' group by run) i left join run r on r.id = i.run group by r.connector""")
                .query((ResultSet row, int number) -> new Number(row.getString("connector"), row.getLong("number")))
                .list();
    }
}
