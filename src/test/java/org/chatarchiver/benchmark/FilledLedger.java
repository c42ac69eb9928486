package org.chatarchiver.benchmark;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.chatarchiver.SuppressForbidden;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A ledger on PostgreSQL as days of the connector {@code wechat} leave it, made by SQL: runs, pages of 1,000, messages, for one in twenty of
 * which a second phone gave a capture, an item each, for one in a thousand an entry of a channel that was delivered later, and for one in
 * 100,000 one that is open; sums by owner and day, and what the search finds by. Ids of messages are digests, so that each touches the
 * indexes at a place of its own. Not made: the audit log, of which nothing is read when items are archived.
 */
final class FilledLedger {
    private static final int PAGE = 1_000;
    private static final int PAGES_IN_BATCH = 25;
    private static final List<String> TABLES = List.of(
            "run",
            "page",
            "message",
            "item",
            "capture",
            "channel_entry",
            "search_list",
            "capture_day",
            "capture_owner",
            "run_total",
            "page_removal");

    private final JdbcTemplate jdbc;
    private final int day;
    private final int people;

    private FilledLedger(JdbcTemplate jdbc, int day, int people) {
        this.jdbc = jdbc;
        this.day = day;
        this.people = people;
    }

    /**
     * @param ledger empty, with its tables
     * @param rows messages, in days
     * @param day messages in one
     * @param people owners, each with a mailbox
     */
    static void fill(DataSource ledger, long rows, int day, int people) throws SQLException {
        SingleConnectionDataSource one = new SingleConnectionDataSource(ledger.getConnection(), true);
        try {
            FilledLedger filled = new FilledLedger(new JdbcTemplate(one), day, people);
            // An index is made of many rows at once in a small part of the time that row after row takes.
            List<String> made = filled.withoutIndexes();
            int days = (int) ((rows + day - 1) / day);
            for (int i = days; i > 0; i--) {
                filled.day(i, (int) Math.min(day, rows - (long) (days - i) * day));
                say("%d of %d days are there", days - i + 1, days);
            }
            made.forEach(filled.jdbc::execute);
            filled.jdbc.execute("vacuum analyze");
        } finally {
            one.destroy();
        }
    }

    /** @return the statements that make them again, in order */
    private List<String> withoutIndexes() {
        String tables =
                TABLES.stream().map(table -> "'" + table + "'::regclass").collect(Collectors.joining(","));
        // Foreign keys are dropped first and made last.
        List<Map<String, Object>> constraints = jdbc.queryForList(
                "select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as text from pg_constraint"
                        + " where contype in ('p', 'u', 'f') and (conrelid in (" + tables + ") or confrelid in ("
                        + tables
                        + ")) order by contype");
        constraints.forEach(
                one -> jdbc.execute("alter table " + one.get("of") + " drop constraint " + one.get("name")));
        List<Map<String, Object>> indexes = jdbc.queryForList(
                "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as text from pg_index where indrelid in ("
                        + tables + ")");
        indexes.forEach(one -> jdbc.execute("drop index " + one.get("name")));
        Stream<String> keys = constraints.stream()
                .sorted((one, other) -> Boolean.compare(isForeign(one), isForeign(other)))
                .map(one ->
                        "alter table " + one.get("of") + " add constraint " + one.get("name") + " " + one.get("text"));
        return Stream.concat(indexes.stream().map(one -> (String) one.get("text")), keys)
                .toList();
    }

    private static boolean isForeign(Map<String, Object> constraint) {
        return ((String) constraint.get("text")).startsWith("FOREIGN KEY");
    }

    /** @param ago in days */
    private void day(int ago, int messages) {
        OffsetDateTime day = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .atOffset(ZoneOffset.UTC)
                .minusDays(ago + 1L);
        String run = day.toLocalDate().toString().replace("-", "") + "T020000000Z-"
                + String.format(Locale.ROOT, "%06x", ago);
        jdbc.update("""
                insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, total_count, attempt, fully_landed)
                values (?, 'wechat', 'BACKFILL', false, ?, ?, 'COMPLETE', ?, ?, ?, ?, 1, true)""", run, day.minusDays(1), day, day, day, day, messages);
        jdbc.update("""
                insert into page (run, number, path, sha256, size, messages, landed, state, named, counted)
                select ?, n, 'wechat/' || ? || '/' || n || '.json.gz', repeat('a', 64), 300000, ?, ?, 'DONE', true, true from generate_series(1, ?) n""", run, run, PAGE, day, (messages + PAGE - 1) / PAGE);
        jdbc.update("""
                insert into message (id, connector, source_id, digest, revision, run, page, position, owner, owner_key, direction)
                select gen_random_uuid(), 'wechat', md5(? || n), md5('d' || n) || md5('e' || n), 0, ?, 1 + n / ?, n % ?, p.phone, p.phone, 'In'
                from generate_series(0, ? - 1) n, lateral (select '+4915' || (n % ?) + 100000000 as phone) p""", run, run, PAGE, PAGE, messages, people);
        jdbc.update("""
                insert into item (message, target, run, page, state, rule, uid, attempts, first_try, updated)
                select id, 'person' || right(owner, 9) || '@example.com', run, page, 'IMPORTED', 'MAPPING_FILE', position, 1, ?, ?
                from message where run = ?""", day, day, run);
        jdbc.update("""
                insert into capture (message, owner, msisdn, run, page, position, target, added)
                select id, '+1' || owner, '+1' || owner, run, page, position, 'person' || right(owner, 9) || '@example.com', false
                from message where run = ? and position % 20 = 0""", run);
        entries(run, day);
        found(run, ago);
        jdbc.update(
                "insert into capture_day (sent, connector, owner, captures) select cast(? as date), 'wechat', owner, count(*) from message where run = ? group by owner",
                day,
                run);
        jdbc.update("""
                insert into run_total (run, outcome, reason, number)
                select run, state, coalesce(reason, ''), count(*) from item where run = ? group by run, state, reason
                union all select ?, 'ARRIVED', '', ? + (select count(*) from capture where run = ?)""", run, run, messages, run);
    }

    private void entries(String run, OffsetDateTime day) {
        jdbc.update("""
                insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened, closed, closed_by)
                select 'item ' || source_id, 'UNDELIVERABLE', connector, run, page, position, source_id, owner, id,
                    'person' || right(owner, 9) || '@example.com', 'QUOTA_EXCEEDED', 'The mailbox is full.', 'wechat/' || run, ?, ?, 'delivery'
                from message where run = ? and position = 500""", day, day, run);
        jdbc.update("""
                insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened)
                select 'owner ' || source_id, 'UNMAPPED', connector, run, page, position, source_id, owner, id, '!' || owner, 'NO_MAPPING',
                    'No rule names a mailbox.', 'wechat/' || run, ? from message where run = ? and position = 501 and page % 100 = 0""", day, run);
        jdbc.update("""
                insert into item (message, target, run, page, state, reason, detail, attempts, updated)
                select message, target, run, page, 'FAILED', reason, detail, 0, opened from channel_entry
                where run = ? and closed is null""", run);
    }

    /** For each batch of pages a row for each owner and each mailbox in it, and for each of 512 parts of the Message-IDs. */
    private void found(String run, int ago) {
        jdbc.update("""
                insert into search_list (name, batch, entries)
                select hashtextextended(name, 0), -1000000000000 - (? * 1000000 + batch), decode(repeat('00', 24 * count(*)::int), 'hex') from (
                    select page / ? as batch, 'owner ' || owner as name from message where run = ?
                    union all select page / ?, 'mailbox ' || owner from message where run = ?
                    union all select page / ?, 'emails ' || ('x' || left(source_id, 3))::bit(12)::int % 512 from message where run = ?) named
                group by batch, name""", (long) ago, PAGES_IN_BATCH, run, PAGES_IN_BATCH, run, PAGES_IN_BATCH, run);
    }

    @SuppressForbidden("how far it is")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
