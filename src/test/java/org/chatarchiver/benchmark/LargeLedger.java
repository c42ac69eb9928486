package org.chatarchiver.benchmark;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.sandbox.ArchiverHome;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An embedded ledger that is filled by SQL, while no archiver has it open. */
final class LargeLedger implements AutoCloseable {
    /** The one with all the items, of the connector {@code wechat}. */
    static final String RUN = "20261118T000000000Z-abcdef";

    private final SingleConnectionDataSource database;
    private final JdbcTemplate jdbc;

    private LargeLedger(ArchiverHome home) {
        database = new SingleConnectionDataSource(
                "jdbc:h2:file:" + home.data().resolve("ledger").resolve("ledger")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa",
                "",
                true);
        LedgerBeans.migrations(database).load().migrate();
        jdbc = new JdbcTemplate(database);
    }

    static LargeLedger in(ArchiverHome home) {
        return new LargeLedger(home);
    }

    /** One complete run, each message of it for one mailbox; still to be entered for the search. */
    LargeLedger items(int items, int page, String mailbox) {
        OffsetDateTime day = Instant.parse("2026-11-18T00:00:00Z").atOffset(ZoneOffset.UTC);
        run(RUN, day, items);
        jdbc.update("""
                insert into page (run, number, path, sha256, size, messages, landed, state)
                select ?, x, 'wechat/2026/11/18/' || ? || '/' || x || '.json.gz', ?, 300000, ?, ?, 'DONE' from system_range(1, ?) serial (x)""", RUN, RUN, "a".repeat(64), page, day, (items + page - 1) / page);
        jdbc.update("""
                insert into message (id, connector, source_id, digest, revision, run, page, position, owner, owner_key, direction)
                select random_uuid(), 'wechat', 'message-' || x, ?, 0, ?, 1 + (x - 1) / ?, x, '+447700900101', '+447700900101', 'In'
                from system_range(1, ?) serial (x)""", "b".repeat(64), RUN, page, items);
        jdbc.update("""
                insert into item (message, target, run, page, state, rule, uid, attempts, first_try, updated)
                select id, ?, run, page, 'IMPORTED', 'MAPPING_FILE', position, 1, ?, ? from message""", mailbox, day, day);
        jdbc.update("insert into search_page (run, page) select run, number from page");
        return this;
    }

    /** A quiet run a day until yesterday. */
    LargeLedger days(int days) {
        OffsetDateTime today = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(2, ChronoUnit.HOURS)
                .atOffset(ZoneOffset.UTC);
        for (int i = days; i > 0; i--) {
            OffsetDateTime day = today.minusDays(i);
            run(day.toLocalDate().toString().replace("-", "") + "T020000000Z-" + (100_000 + i), day, 0);
        }
        return this;
    }

    /** Open entries of the channel {@code unmapped}, of the large run. */
    LargeLedger entries(int entries) {
        jdbc.update("""
                insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened)
                select 'item ' || m.source_id, 'UNMAPPED', m.connector, m.run, m.page, m.position, m.source_id, m.owner, m.id, '!' || m.owner,
                'NO_MAPPING', 'No rule names a mailbox.', 'wechat/2026/11/18/' || m.run || '/1.json.gz', current_timestamp from message m fetch first ? rows only""", entries);
        jdbc.update("""
                insert into item (message, target, run, page, state, reason, detail, attempts, updated)
                select e.message, e.target, e.run, e.page, 'FAILED', e.reason, e.detail, 0, e.opened from channel_entry e""");
        return this;
    }

    private void run(String id, OffsetDateTime day, int items) {
        jdbc.update("""
                insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, total_count, attempt, fully_landed)
                values (?, 'wechat', 'BACKFILL', false, ?, ?, 'COMPLETE', ?, ?, ?, ?, 1, true)""", id, day.minusDays(1), day, day, day, day, items);
    }

    /** Counts what was put in, and leaves the ledger to an archiver. */
    @Override
    public void close() {
        try {
            Recount.of(jdbc);
            jdbc.execute("shutdown");
        } finally {
            database.destroy();
        }
    }
}
