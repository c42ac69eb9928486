package org.chatarchiver.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Dovecot;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Whether a run slows down as the ledger grows: the same runs of {@code bench.items} texts (20,000 if not set), feed to COMPLETE, by an
 * archiver with an empty ledger and by one whose ledger has {@code bench.rows} messages (200,000) and as many items, both in one
 * PostgreSQL; {@code bench.rounds} of them (2), whose order changes from round to round. {@code bench.day} (1,000,000) messages make a day
 * and a run, {@code bench.people} (20,000) own them.
 */
public final class LedgerSizeBenchmark {
    private static final int ITEMS = Integer.getInteger("bench.items", 20_000);
    private static final long ROWS = Long.getLong("bench.rows", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
    private static final int DAY = Integer.getInteger("bench.day", 1_000_000);
    private static final int PEOPLE = Integer.getInteger("bench.people", 20_000);
    private static final int WARM_UP = 2_000;
    private static final Duration MOST = Duration.ofHours(3);
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(20);
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String PASSWORD = "feed-secret";

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final FeedSimulator feed;
    private final Dovecot mail;

    private LedgerSizeBenchmark(Path folder, EmbeddedPostgres postgres, FeedSimulator feed, Dovecot mail) {
        this.folder = folder;
        this.postgres = postgres;
        this.feed = feed;
        this.mail = mail;
    }

    /** An archiver and its ledger. */
    private record Side(ArchiverProcess archiver, JdbcTemplate ledger, List<Double> took) {
        double mean() {
            return took.stream().mapToDouble(one -> one).average().orElseThrow();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "512MB")
                        .setServerConfig("maintenance_work_mem", "512MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
                FeedSimulator feed = new FeedSimulator();
                Dovecot mail = Dovecot.with(MAILBOXES).start()) {
            feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT")));
            new LedgerSizeBenchmark(folder, postgres, feed, mail).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void measure() throws Exception {
        JdbcTemplate postgresql = new JdbcTemplate(postgres.getPostgresDatabase());
        for (String name : List.of("small", "large")) {
            postgresql.execute("create database " + name + "_ledger");
            LedgerBeans.migrations(postgres.getDatabase("postgres", name + "_ledger"))
                    .load()
                    .migrate();
        }
        long start = System.nanoTime();
        FilledLedger.fill(postgres.getDatabase("postgres", "large_ledger"), ROWS, DAY, PEOPLE);
        say(
                "%d messages were made in %.0f s; the ledger has %s",
                ROWS,
                (System.nanoTime() - start) / 1e9,
                postgresql.queryForObject("select pg_size_pretty(pg_database_size('large_ledger'))", String.class));
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Duration step = Duration.ofHours(20).dividedBy(WARM_UP + (long) ROUNDS * ITEMS);
        Instant next = end.minus(Duration.ofHours(20));
        traffic(WARM_UP + ROUNDS * ITEMS, next, step);
        Side small = side("small");
        try {
            Side large = side("large");
            try {
                Instant from = next;
                next = next.plus(step.multipliedBy(WARM_UP));
                for (Side side : List.of(small, large)) {
                    run(side, from, next, WARM_UP);
                    side.took().clear();
                }
                for (int round = 0; round < ROUNDS; round++) {
                    from = next;
                    next = next.plus(step.multipliedBy(ITEMS));
                    for (Side side : round % 2 == 0 ? List.of(small, large) : List.of(large, small)) {
                        run(side, from, next, ITEMS);
                    }
                    say(
                            "round %d: %.1f s with the empty ledger, %.1f s with %d messages before, %.2f times",
                            round + 1,
                            small.took().get(round),
                            large.took().get(round),
                            ROWS,
                            large.took().get(round) / small.took().get(round));
                }
                say(
                        "all: %.3f ms an item with the empty ledger, %.3f with %d messages before, %.2f times",
                        1000 * small.mean() / ITEMS, 1000 * large.mean() / ITEMS, ROWS, large.mean() / small.mean());
            } finally {
                large.archiver().close();
            }
        } finally {
            small.archiver().close();
        }
    }

    /** As PlainTraffic has it, each under an id that is a digest, and written when it is asked for: a million of them need no memory. */
    private void traffic(int texts, Instant from, Duration step) throws IOException {
        List<String> forms = new ArrayList<>();
        for (Sample sample : PlainTraffic.texts(MAILBOXES.size(), MAILBOXES, from, from.plus(Duration.ofHours(1)))) {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            sample.json().writeTo(json);
            forms.add(json.toString(StandardCharsets.UTF_8).replace("\"TEXT-" + forms.size() + "\"", "\"ID\""));
        }
        for (int i = 0; i < texts; i++) {
            int number = i;
            String form = forms.get(i % forms.size());
            feed.add(
                    "WECHAT",
                    from.plus(step.multipliedBy(i)),
                    out -> out.write(
                            form.replace("\"ID\"", "\"" + id(number) + "\"").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static UUID id(int number) {
        return UUID.nameUUIDFromBytes(("text " + number).getBytes(StandardCharsets.UTF_8));
    }

    private Side side(String name) throws IOException {
        ArchiverHome home = ArchiverHome.create(folder.resolve(name))
                .connector("wechat", NEVER, PlainTraffic.mapping(MAILBOXES), PASSWORD);
        Map<String, String> settings =
                new HashMap<>(ArchiverProcess.onPostgres(postgres.getJdbcUrl("postgres", name + "_ledger"), home));
        // So that the end of a run is seen when it comes.
        settings.put("archiver.sweep-runs", "500ms");
        return new Side(
                ArchiverProcess.start(
                        ArchiverCommand.onClassPath("-Xmx256m -XX:+UseSerialGC"),
                        home,
                        feed,
                        mail,
                        MAILBOXES,
                        settings),
                new JdbcTemplate(postgres.getDatabase("postgres", name + "_ledger")),
                new ArrayList<>());
    }

    private void run(Side side, Instant from, Instant to, int items) throws IOException {
        // What the run before has left to be written is not this one's.
        side.ledger().execute("checkpoint");
        String run = side.archiver().begin("wechat", from, to);
        ArchiverProcess.Report report = side.archiver().ended(run, MOST);
        if (!report.state().equals("COMPLETE") || report.imported() != items) {
            throw new IllegalStateException("The run did not import every message: " + report + "\n"
                    + side.archiver().lastLines());
        }
        side.took().add(Benchmark.seconds(report.took()));
        Awaitility.await("what is entered for the search behind it")
                .atMost(MOST)
                .until(() -> side.ledger().queryForObject("select count(*) from search_page", Long.class) == 0);
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
