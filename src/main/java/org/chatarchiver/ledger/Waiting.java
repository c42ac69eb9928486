package org.chatarchiver.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
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

    /**
     * One that waits.
     *
     * @param owner of the capture
     * @param item with the reason and the sentence why, the tries so far, and until when
     */
    public record Entry(Item item, String connector, String messageId, int revision, long position, String owner) {
        /** Where a list goes on behind this one. */
        public String place() {
            return new Place(item.retryAt(), item.message(), item.target()).token();
        }
    }

    private record Place(Instant until, UUID message, String target) {
        private static final String SEPARATOR = " ";

        String token() {
            String text = until + SEPARATOR + message + SEPARATOR + target;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Optional<Place> parse(String token) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(SEPARATOR, 3);
                return parts.length < 3
                        ? Optional.empty()
                        : Optional.of(new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]), parts[2]));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Place.parse(after).isPresent();
    }

    /**
     * Those that are due first come first.
     *
     * @param mailbox without regard to case; empty for all
     * @param messageId the source's; empty for all
     * @param after the {@link Entry#place} behind which the list goes on; empty for its beginning
     */
    @Transactional(readOnly = true)
    public List<Entry> list(String mailbox, String messageId, int limit, String after) {
        StringBuilder sql = new StringBuilder("""
                select i.*, m.connector, m.source_id, m.revision, m.position, m.owner from item i join message m on m.id = i.message
                where i.retry_at is not null and i.state = 'RETRY'""");
        List<Object> values = new ArrayList<>();
        if (!mailbox.isEmpty()) {
            sql.append(" and lower(i.target) = ?");
            values.add(Sql.text(mailbox).toLowerCase(Locale.ROOT));
        }
        if (!messageId.isEmpty()) {
            sql.append(" and m.source_id = ?");
            values.add(Revision.storable(messageId));
        }
        Place.parse(after).ifPresent(place -> {
            sql.append(
                    " and i.retry_at >= ? and (i.retry_at > ? or i.message > ? or (i.message = ? and i.target > ?))");
            values.addAll(List.of(
                    Sql.at(place.until()), Sql.at(place.until()), place.message(), place.message(), place.target()));
        });
        sql.append(" order by i.retry_at, i.message, i.target limit ?");
        values.add(limit);
        return jdbc.sql(sql.toString()).params(values).query(Waiting::row).list();
    }

    /** How many wait, by connector. */
    public record Number(String connector, long number) {}

    @Transactional(readOnly = true)
    public List<Number> numbers() {
        return jdbc.sql("""
                        select r.connector, count(*) as number from item i join run r on r.id = i.run
                        where i.retry_at is not null and i.state = 'RETRY' group by r.connector""")
                .query((ResultSet row, int number) -> new Number(row.getString("connector"), row.getLong("number")))
                .list();
    }

    private static Entry row(ResultSet row, int number) throws SQLException {
        return new Entry(
                Items.item(row, number),
                row.getString("connector"),
                row.getString("source_id"),
                row.getInt("revision"),
                row.getLong("position"),
                row.getString("owner"));
    }
}
