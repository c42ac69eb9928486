package org.chatarchiver.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The entries of the chain, for whoever reads them. */
@Component
public class AuditLog {
    private static final int AT_ONCE = 1_000;
    private static final String COLUMNS =
            "select seq, happened, actor, action, connector, subject, detail, previous, hash from audit_entry";

    private final JdbcTemplate jdbc;

    AuditLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which entries; null for what does not matter.
     *
     * @param from what happened then or later
     * @param to what happened before then
     */
    public record Filter(Instant from, Instant to, AuditAction action, String actor, String connector, String subject) {
        public static final Filter ALL = new Filter(null, null, null, null, null, null);
    }

    /** The newest first, so many; those before the entry {@code before}, 0 for the newest. */
    public List<AuditEntry> newest(Filter filter, int limit, long before) {
        return list(filter, before == 0 ? Long.MAX_VALUE : before, "seq < ?", "seq desc", limit);
    }

    /** In their order, each once, whatever the number: memory does not grow with it. */
    public void each(Filter filter, Consumer<AuditEntry> reader) {
        long after = 0;
        List<AuditEntry> part;
        do {
            part = list(filter, after, "seq > ?", "seq", AT_ONCE);
            part.forEach(reader);
            after = part.isEmpty() ? after : part.get(part.size() - 1).seq();
        } while (part.size() == AT_ONCE);
    }

    /** The first and the last number of what happened in [from, to); empty where nothing did. */
    public Optional<Span> span(Instant from, Instant to) {
        return jdbc
                .query(
                        "select min(seq) as first_seq, max(seq) as last_seq from audit_entry where happened >= ? and happened < ?",
                        (row, number) -> new Span(row.getLong("first_seq"), row.getLong("last_seq")),
                        time(from),
                        time(to))
                .stream()
                .filter(span -> span.first() > 0)
                .findFirst();
    }

    /** Both are in it. */
    public record Span(long first, long last) {}

    /** The entries of a span in their order, each once, whatever the number. */
    public void each(Span span, Consumer<AuditEntry> reader) {
        for (long from = span.first(); from <= span.last(); from += AT_ONCE) {
            jdbc.query(
                            COLUMNS + " where seq >= ? and seq <= ? order by seq",
                            AuditLog::row,
                            from,
                            Math.min(span.last(), from + AT_ONCE - 1))
                    .forEach(reader);
        }
    }

    public Optional<AuditEntry> find(long seq) {
        return jdbc.query(COLUMNS + " where seq = ?", AuditLog::row, seq).stream()
                .findFirst();
    }

    private List<AuditEntry> list(Filter filter, long place, String beyond, String order, int limit) {
        List<String> conditions = new ArrayList<>(List.of(beyond));
        List<Object> values = new ArrayList<>(List.of(place));
        and(conditions, values, "happened >= ?", filter.from(), AuditLog::time);
        and(conditions, values, "happened < ?", filter.to(), AuditLog::time);
        and(conditions, values, "action = ?", filter.action(), AuditAction::name);
        and(conditions, values, "actor = ?", filter.actor(), Function.identity());
        and(conditions, values, "connector = ?", filter.connector(), Function.identity());
        and(conditions, values, "subject = ?", filter.subject(), Function.identity());
        values.add(limit);
        return jdbc.query(
                COLUMNS + " where " + String.join(" and ", conditions) + " order by " + order + " limit ?",
                AuditLog::row,
                values.toArray());
    }

    private static <T> void and(
            List<String> conditions, List<Object> values, String condition, T value, Function<T, Object> column) {
        if (value != null) {
            conditions.add(condition);
            values.add(column.apply(value));
        }
    }

    private static Object time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static AuditEntry row(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                row.getObject("happened", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("connector"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("previous"),
                row.getString("hash"));
    }
}
