package org.chatarchiver.benchmark;

import static org.chatarchiver.benchmark.Benchmark.seconds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.servers.Dovecot;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * What it costs an archiver that has nothing else to do to show the report of a large run once a second; and beside it what counting the
 * run's rows costs, as each view did before totals were kept. The run has {@code bench.items} items (1,000,000 if not set), in pages of
 * 1,000, in an embedded ledger that is filled by SQL.
 */
public final class LookingBenchmark {
    private static final int ITEMS = Integer.getInteger("bench.items", 1_000_000);
    private static final int PAGE = Integer.getInteger("bench.page", 1_000);
    private static final int WARM = 300;
    private static final int COUNTS = 3;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));
    /** Processor time is told in hundredths of a second: less than one of them in ten views is not seen. */
    private static final double LEAST = 1e-3;

    /** Less compiling, no concurrent collector. By the classes of this process, since those fill the ledger. */
    private static final ArchiverCommand COMMAND =
            ArchiverCommand.onClassPath("-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private static final String RUN = "20261118T000000000Z-abcdef";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final Instant DAY = Instant.parse("2026-11-18T00:00:00Z");

    private LookingBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        List<String> mailboxes = PlainTraffic.mailboxes(1);
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot = Dovecot.with(mailboxes).start()) {
            feed.account(new FeedAccount("ops", "feed-secret", Set.of("WECHAT")));
            ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                    .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), "feed-secret");
            // So that its directories are as it makes them.
            ArchiverProcess.start(COMMAND, home, feed, dovecot, mailboxes).close();
            fill(home.data().resolve("ledger").resolve("ledger"), mailboxes.get(0));
            try (ArchiverProcess archiver = ArchiverProcess.start(COMMAND, home, feed, dovecot, mailboxes)) {
                measure(archiver);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void measure(ArchiverProcess archiver) throws Exception {
        if (archiver.report(RUN).get("imported").asLong() != ITEMS) {
            throw new IllegalStateException("The report does not have all items");
        }
        // What a view costs an archiver that was asked before: a page that is left open asks thousands of times.
        for (int i = 0; i < WARM; i++) {
            archiver.report(RUN);
        }
        // Before and after it, since an archiver uses less and less for a while after its start.
        Duration idle = during(archiver, () -> {});
        Duration looking = during(archiver, () -> archiver.report(RUN));
        idle = idle.plus(during(archiver, () -> {})).dividedBy(2);
        double perView = seconds(looking.minus(idle)) / TIME.toSeconds();
        say(
                "%d items: a view a second costs %.2f %% of a processor (%.1f ms each; without views the archiver used %.2f %%)",
                ITEMS, 100 * perView, 1000 * perView, 100 * seconds(idle) / TIME.toSeconds());
        Duration begun = archiver.cpu();
        for (int i = 0; i < WARM; i++) {
            archiver.report(RUN);
        }
        say(
                "Views one after the other cost %.1f ms each",
                1000 * seconds(archiver.cpu().minus(begun)) / WARM);
        Duration before = archiver.cpu();
        for (int i = 0; i < COUNTS; i++) {
            if (!archiver.check(RUN).get("agrees").asBoolean()) {
                throw new IllegalStateException("The totals are not what the rows say");
            }
        }
        double perCount = seconds(archiver.cpu().minus(before)) / COUNTS;
        say(
                "Counting the rows costs %.0f ms of a processor: %.0f times a view",
                1000 * perCount, perCount / Math.max(perView, LEAST));
    }

    private interface Look {
        void once() throws IOException;
    }

    /** Processor time of the archiver while that is done once a second. */
    private static Duration during(ArchiverProcess archiver, Look look) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            Duration before = archiver.cpu();
            ScheduledFuture<?> looking = clock.scheduleAtFixedRate(
                    () -> {
                        try {
                            look.once();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    0,
                    1,
                    TimeUnit.SECONDS);
            ScheduledFuture<Duration> end =
                    clock.schedule(() -> archiver.cpu().minus(before), TIME.toMillis() - 500, TimeUnit.MILLISECONDS);
            Duration used = end.get();
            if (looking.isDone()) {
                looking.get();
            }
            return used;
        } finally {
            clock.shutdownNow();
        }
    }

    private static void fill(Path ledger, String mailbox) {
        SingleConnectionDataSource database = new SingleConnectionDataSource(
                "jdbc:h2:file:" + ledger + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa",
                "",
                true);
        try {
            Flyway.configure().dataSource(database).load().migrate();
            JdbcTemplate jdbc = new JdbcTemplate(database);
            Object day = DAY.atOffset(ZoneOffset.UTC);
            jdbc.update("""
                    insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, total_count, attempt, fully_landed)
                    values (?, 'wechat', 'BACKFILL', false, ?, ?, 'COMPLETE', ?, ?, ?, ?, 1, true)""", RUN, day, day, day, day, day, ITEMS);
            jdbc.update("""
                    insert into page (run, number, path, sha256, size, messages, landed, state)
                    select ?, x, 'wechat/2026/11/18/' || ? || '/' || x || '.json.gz', ?, 300000, ?, ?, 'DONE' from system_range(1, ?) serial (x)""", RUN, RUN, "a".repeat(64), PAGE, day, (ITEMS + PAGE - 1) / PAGE);
            jdbc.update("""
                    insert into message (id, connector, source_id, digest, revision, run, page, position, owner, owner_key, direction)
                    select random_uuid(), 'wechat', 'message-' || x, ?, 0, ?, 1 + (x - 1) / ?, x, '+447700900101', '+447700900101', 'In'
                    from system_range(1, ?) serial (x)""", "b".repeat(64), RUN, PAGE, ITEMS);
            jdbc.update("""
                    insert into item (message, target, run, page, state, rule, uid, attempts, first_try, updated)
                    select id, ?, run, page, 'IMPORTED', 'MAPPING_FILE', position, 1, ?, ? from message""", mailbox, day, day);
            Recount.of(jdbc);
            jdbc.execute("shutdown");
        } finally {
            database.destroy();
        }
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
