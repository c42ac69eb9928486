package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger of the first schema, with runs and items in it, is brought to the latest one: all that it knew is known still. */
class OldLedgerTest {
    private static final String CONNECTOR = "wechat";
    private static final String COMPLETE = "20261119T021500000Z-aaaaaa";
    private static final String AGAIN = "20261119T031500000Z-bbbbbb";
    private static final String FAILED = "20261119T041500000Z-cccccc";
    private static final String POLLING = "20261120T021500000Z-dddddd";
    private static final String DAY = "2026-11-19T00:00:00Z";
    private static final String NEXT_DAY = "2026-11-20T00:00:00Z";
    private static final Instant FROM = Instant.parse(DAY);
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";

    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final DataSource database;
    private AnnotationConfigApplicationContext ledger;
    private JdbcTemplate jdbc;

    OldLedgerTest(Database database) {
        this.database = database.empty();
    }

    @BeforeEach
    void upgrade() {
        jdbc = new JdbcTemplate(database);
        Flyway first = LedgerBeans.migrations(database).target("1").load();
        first.migrate();
        assertThat(first.info().applied()).extracting(MigrationInfo::getVersion).hasToString("[1]");
        fill();
        ledger = LedgerBeans.on(database, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @LedgerTest
    void itsItemsAreKnownSoThatNothingIsSentASecondTime() {
        Items items = ledger.getBean(Items.class);

        List<Items.Known> known = items.recall(CONNECTOR, List.of("m1")).get("m1");

        assertThat(known).singleElement().satisfies(revision -> {
            assertThat(revision.revision().ownerKey()).as("not recorded then").isNull();
            assertThat(revision.revision().direction()).isNull();
            assertThat(revision.pageSha256()).isEqualTo("a".repeat(64));
            assertThat(revision.captures()).isEmpty();
            assertThat(revision.items())
                    .extracting(Item::target, Item::state, Item::rule)
                    .containsExactly(
                            tuple(ANNA, ItemState.IMPORTED, "MAPPING_FILE"),
                            tuple(BERT, ItemState.PARTIAL, "AUTOMATIC"));
        });
        Page page = page(ledger.getBean(Runs.class).find(POLLING).orElseThrow());
        Revision same = Revision.of(CONNECTOR, "m1", "d".repeat(64), 0, page, 0, "+447700900101", "", "");
        assertThat(items.register(List.of(TestLedger.fresh(same, ANNA)))).isFalse();
        Items.Fresh other = TestLedger.fresh(
                Revision.of(CONNECTOR, "m9", "d".repeat(64), 0, page, 1, "+447700900101", "", ""), ANNA);
        assertThat(items.register(List.of(other))).isTrue();
    }

    @LedgerTest
    void aFurtherCaptureOfAnOldMessageAddsItsOwnersMailbox() {
        Items items = ledger.getBean(Items.class);
        Page page = page(ledger.getBean(Runs.class).find(POLLING).orElseThrow());
        Revision revision = known("m3").revision();
        Item added = TestLedger.sending(revision, BERT);
        Capture capture =
                new Capture(revision.id(), "+447700900102", "+447700900102", page.run(), page.number(), 0, BERT, true);

        assertThat(items.register(List.of(new Items.Fresh(revision, true, List.of(added), List.of(capture)))))
                .isTrue();

        assertThat(known("m3").captures()).hasSize(1);
        assertThat(known("m3").items()).extracting(Item::target).contains(BERT);
    }

    @LedgerTest
    void itsReportsCountAsTheyDid() {
        RunReports reports = ledger.getBean(RunReports.class);
        assertThat(reports.of(COMPLETE)).get().satisfies(report -> {
            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.run().waiting()).isNull();
            assertThat(report.availableFromSource()).isEqualTo(3);
            assertThat(report.arrived()).isEqualTo(3);
            assertThat(report.imported()).isEqualTo(1);
            assertThat(report.partiallyImported()).isEqualTo(1);
            assertThat(report.failedByReason()).containsOnly(Map.entry(Reason.NO_MAPPING, 1L));
            assertThat(report.waitingByReason()).containsOnly(Map.entry(Reason.QUOTA_EXCEEDED, 1L));
        });
        assertThat(reports.of(AGAIN)).get().satisfies(report -> {
            assertThat(report.arrived()).isEqualTo(1);
            assertThat(report.skipped()).isEqualTo(2);
            assertThat(report.availableForImport()).isEqualTo(2);
        });
    }

    @LedgerTest
    void itsTotalsAreCountedOnceFromItsRows() {
        TotalsCheck totals = ledger.getBean(TotalsCheck.class);
        for (String run : List.of(COMPLETE, AGAIN, FAILED, POLLING)) {
            assertThat(totals.of(run)).isEmpty();
        }
        assertThat(jdbc.queryForObject("select count(*) from run_total", Integer.class))
                .isPositive();
    }

    @LedgerTest
    void whatWaitsAndWhatFailedGoesOn() {
        assertThat(ledger.getBean(Waiting.class).list("", "", 10, ""))
                .extracting(ItemEntry::sourceId)
                .containsExactly("m3");
        Channels channels = ledger.getBean(Channels.class);
        assertThat(channels.counts()).containsEntry(Channel.UNMAPPED, 1L).containsEntry(Channel.SOURCE, 1L);
        assertThat(channels.list(Channel.UNMAPPED, 10, 0))
                .singleElement()
                .satisfies(entry -> assertThat(entry.mailbox()).isNull());
        assertThat(known("m2").items()).singleElement().satisfies(item -> {
            assertThat(item.target()).isEqualTo(ItemTarget.participant("+447700900199"));
            assertThat(item.hasMailbox()).isFalse();
        });
        assertThat(channels.requeue(Channel.UNMAPPED, List.of(), "ada")).isEqualTo(1);
        FailedWindows failed = ledger.getBean(FailedWindows.class);
        assertThat(failed.requeued(CONNECTOR, FROM))
                .as("requeued before the upgrade, and never asked for")
                .containsExactly(new FailedWindows.Requeued(
                        Instant.parse(DAY), Instant.parse(NEXT_DAY), false, Instant.parse(NEXT_DAY)));
    }

    @LedgerTest
    void aRunThatWasPollingIsTakenUpAndAReplayThatHadEndedIsOver() {
        assertThat(ledger.getBean(Watermarks.class).of(CONNECTOR)).contains(Instant.parse(NEXT_DAY));
        jdbc.update("update connector set lease_until = current_timestamp - interval '1' hour");
        assertThat(ledger.getBean(Polls.class).takeUp(CONNECTOR)).get().satisfies(run -> assertThat(run.id())
                .isEqualTo(POLLING));
        assertThat(jdbc.queryForObject("select count(*) from replay where finished is null", Integer.class))
                .isZero();
    }

    private Items.Known known(String id) {
        return ledger.getBean(Items.class)
                .recall(CONNECTOR, List.of(id))
                .get(id)
                .get(0);
    }

    private Page page(Run run) {
        Page page = new Page(run.id(), 1, run.id() + "/1", "e".repeat(64), 10, 1, clock.instant());
        ledger.getBean(Pages.class).landed(page);
        return page;
    }

    /** As the first version of the archiver would have. */
    private void fill() {
        jdbc.update("insert into connector (id, watermark, last_scheduled, lease_run, lease_until) values ('"
                + CONNECTOR + "', '" + NEXT_DAY + "', '" + NEXT_DAY + "', '" + POLLING
                + "', '2026-11-20T02:17:00Z')");
        run(COMPLETE, "SCHEDULE", "COMPLETE", "3", null, true);
        run(AGAIN, "BACKFILL", "COMPLETE", "1", null, true);
        run(FAILED, "SCHEDULE", "FAILED", null, "SOURCE_UNAUTHORIZED", false);
        run(POLLING, "SCHEDULE", "RUNNING", null, null, false);
        landed(COMPLETE, "a");
        landed(AGAIN, "b");
        item(message("m1", 0), ANNA, "IMPORTED", "MAPPING_FILE", null, null);
        item(message("m1", 0), BERT, "PARTIAL", "AUTOMATIC", "ATTACHMENT_TOO_LARGE", null);
        item(message("m2", 1), "!+447700900199", "FAILED", null, "NO_MAPPING", null);
        item(message("m3", 2), ANNA, "RETRY", "MAPPING_FILE", "QUOTA_EXCEEDED", "2026-11-20T11:00:00Z");
        for (String target : List.of(ANNA, BERT)) {
            jdbc.update("insert into met_again (run, message, target) values (?, ?, ?)", AGAIN, id("m1"), target);
        }
        entry("item " + id("m2") + " !+447700900199", "UNMAPPED", COMPLETE, id("m2"), "!+447700900199", "NO_MAPPING");
        entry("run " + FAILED, "SOURCE", FAILED, null, null, "SOURCE_UNAUTHORIZED");
        jdbc.update("update channel_entry set requeued = opened, requeued_by = 'ada' where channel = 'SOURCE'");
        jdbc.update(
                "insert into replay (run, requested, requested_by) values (?, timestamp with time zone '2026-11-19 12:00:00+00', 'ada')",
                COMPLETE);
        jdbc.update(
                "insert into replay_item (run, message, target, missing) values (?, ?, ?, false)",
                COMPLETE,
                id("m1"),
                ANNA);
    }

    private void run(String id, String cause, String state, String total, String reason, boolean whole) {
        String started = id.substring(0, 4) + "-" + id.substring(4, 6) + "-" + id.substring(6, 8) + "T"
                + id.substring(9, 11) + ":15:00Z";
        jdbc.update(
                "insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, total_count, reason, detail, attempt, fully_landed) values (?, ?, ?, false, cast(? as timestamp with time zone), cast(? as timestamp with time zone), ?, cast(? as timestamp with time zone), cast(? as timestamp with time zone), cast(? as timestamp with time zone), cast(? as bigint), ?, ?, 1, ?)",
                id,
                CONNECTOR,
                cause,
                state.equals("RUNNING") ? NEXT_DAY : DAY,
                state.equals("RUNNING") ? "2026-11-20T02:10:00Z" : NEXT_DAY,
                state,
                started,
                whole ? started : null,
                state.equals("RUNNING") ? null : started,
                total,
                reason,
                reason == null ? null : "It failed.",
                whole);
    }

    private void landed(String run, String digest) {
        jdbc.update(
                "insert into page (run, number, path, sha256, size, messages, landed, state) values (?, 1, ?, ?, 10, 3, timestamp with time zone '2026-11-19 02:16:00+00', 'DONE')",
                run,
                CONNECTOR + "/2026/11/19/" + run + "/1.json.gz",
                digest.repeat(64));
    }

    private static UUID id(String sourceId) {
        return Revision.id(CONNECTOR, sourceId, "d".repeat(64));
    }

    private UUID message(String sourceId, long position) {
        jdbc.update(
                "insert into message (id, connector, source_id, digest, revision, run, page, position, owner) values (?, ?, ?, ?, 0, ?, 1, ?, '+447700900101') on conflict do nothing",
                id(sourceId),
                CONNECTOR,
                sourceId,
                "d".repeat(64),
                COMPLETE,
                position);
        return id(sourceId);
    }

    private void item(UUID message, String target, String state, String rule, String reason, String retryAt) {
        jdbc.update(
                "insert into item (message, target, run, page, state, rule, reason, detail, uid, attempts, retry_at, updated) values (?, ?, ?, 1, ?, ?, ?, null, 7, 1, cast(? as timestamp with time zone), timestamp with time zone '2026-11-19 02:17:00+00')",
                message,
                target,
                COMPLETE,
                state,
                rule,
                reason,
                retryAt);
    }

    private void entry(String subject, String channel, String run, UUID message, String target, String reason) {
        jdbc.update(
                "insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened) values (?, ?, ?, ?, null, null, '', '', ?, ?, ?, 'It failed.', '', timestamp with time zone '2026-11-19 04:16:00+00')",
                subject,
                channel,
                CONNECTOR,
                run,
                message,
                target,
                reason);
    }
}
