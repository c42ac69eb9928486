package org.chatarchiver.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.MovableClock;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.MailboxSlots;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Artemis;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.Program;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * What further archivers bring: short texts for many mailboxes by 1, 2 and 4 processes with 4 connections each, on one PostgreSQL, one
 * Azurite and one Dovecot, which is 50 ms away there and back. The delay is what they wait for, so that a machine with few cores shows it
 * too. Goals: 1.9 and 3.6 times one process. Says first what a slot of a mailbox costs.
 */
public final class ScalingBenchmark {
    private static final int MESSAGES = Integer.getInteger("benchmark.messages", 1_200);
    private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 200);
    private static final String PAGE = System.getProperty("benchmark.page", "50");

    /** Whether an Artemis in a process of its own deals the pages out, in place of each archiver's own queue. */
    private static final boolean BROKER = Boolean.getBoolean("benchmark.broker");

    /** Of every archiver besides: {@code name=value}, with semicolons between. */
    private static final String MORE = System.getProperty("benchmark.settings", "");

    private static final List<Integer> SIZES = Arrays.stream(
                    System.getProperty("benchmark.archivers", "1,2,4").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final int CONNECTIONS = 4;
    private static final int SLOTS = 2_000;
    private static final Duration EACH_WAY = Duration.ofMillis(25);
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(200);
    private static final String FOLDER = "WeChat Archiver";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String FEED_PASSWORD = "feed-secret";
    private static final Duration RUN = Duration.ofMinutes(5);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Azurite azurite;
    private final Dovecot mail;
    private final FeedSimulator feed;
    private final DelayingProxy line;
    private final Artemis broker;
    private final List<ArchiverProcess> archivers = new ArrayList<>();

    private ScalingBenchmark(
            Path folder,
            EmbeddedPostgres postgres,
            Azurite azurite,
            Dovecot mail,
            FeedSimulator feed,
            DelayingProxy line,
            Artemis broker) {
        this.folder = folder;
        this.postgres = postgres;
        this.azurite = azurite;
        this.mail = mail;
        this.feed = feed;
        this.line = line;
        this.broker = broker;
    }

    public static void main(String[] args) throws Exception {
        for (String program : List.of("dovecot", "azurite-blob")) {
            if (Program.find(program).isEmpty()) {
                throw new IllegalStateException("The benchmark needs " + program);
            }
        }
        Path folder = Files.createTempDirectory("benchmark");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Azurite azurite = Azurite.start();
                Dovecot mail = Dovecot.with(MAILBOXES).reusingProcesses().start();
                FeedSimulator feed = new FeedSimulator();
                DelayingProxy line = new DelayingProxy(mail.imapPort(), EACH_WAY);
                Artemis broker = BROKER
                        ? Artemis.in(Files.createDirectory(folder.resolve("broker")))
                                .start()
                        : null) {
            slots(postgres);
            ScalingBenchmark benchmark = new ScalingBenchmark(folder, postgres, azurite, mail, feed, line, broker);
            try {
                benchmark.measure();
            } finally {
                for (ArchiverProcess archiver : benchmark.archivers) {
                    archiver.close();
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void slots(EmbeddedPostgres postgres) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setDataSource(postgres.getPostgresDatabase());
            slots(database);
        }
    }

    private static void slots(HikariDataSource database) {
        try (AnnotationConfigApplicationContext ledger =
                LedgerBeans.on(new DelegatingDataSource(database), new MovableClock("2026-11-20T10:00:00Z"))) {
            MailboxSlots slots = ledger.getBean(MailboxSlots.class);
            take(slots, "warm");
            long start = System.nanoTime();
            take(slots, "measured");
            say("a slot of a mailbox: %.2f ms", (System.nanoTime() - start) / 1e6 / SLOTS);
        }
    }

    private static void take(MailboxSlots slots, String name) {
        for (int i = 0; i < SLOTS; i++) {
            slots.take(name + i, 3, Duration.ofSeconds(1));
        }
    }

    private void measure() throws Exception {
        feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of("WECHAT", "WHATSAPP")));
        int all = SIZES.size() * (WARM_UP + MESSAGES);
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Duration step = Duration.ofSeconds(10);
        Instant next = end.minus(step.multipliedBy(all));
        for (Sample sample : PlainTraffic.texts(all, MAILBOXES, next, end)) {
            sample.sendTo(feed);
        }
        long filed = 0;
        double alone = 0;
        for (int size : SIZES) {
            while (archivers.size() < size) {
                archivers.add(archiver("archiver-" + archivers.size()));
            }
            for (int count : List.of(WARM_UP, MESSAGES)) {
                Instant from = next;
                next = next.plus(step.multipliedBy(count));
                long start = System.nanoTime();
                run(from, next);
                filed += count;
                if (count == MESSAGES) {
                    double rate = Benchmark.rate(count, start);
                    alone = alone == 0 ? rate : alone;
                    say("%d archivers: %.1f messages/s, %.2f times one", size, rate, rate / alone);
                }
            }
        }
        long there = new Mailboxes(mail).count(MAILBOXES, FOLDER);
        if (there != filed) {
            throw new IllegalStateException("The mailboxes hold " + there + " e-mails, not " + filed);
        }
    }

    private void run(Instant from, Instant to) throws IOException {
        ArchiverProcess first = archivers.get(0);
        ArchiverProcess.Report report = first.ended(first.begin("wechat", from, to), RUN);
        if (!report.state().equals("COMPLETE")) {
            throw new IllegalStateException(
                    "The run did not import every message: " + report + "\n" + first.lastLines());
        }
    }

    private ArchiverProcess archiver(String name) throws IOException {
        ArchiverHome home = ArchiverHome.create(folder.resolve(name))
                .connector("wechat", NEVER, PlainTraffic.mapping(MAILBOXES), FEED_PASSWORD)
                .connector("whatsapp", NEVER, PlainTraffic.mapping(MAILBOXES), FEED_PASSWORD);
        Map<String, String> settings = new HashMap<>(Map.ofEntries(
                Map.entry("archiver.exchange.connections", Integer.toString(CONNECTIONS)),
                Map.entry("archiver.exchange.imap.port", Integer.toString(line.port())),
                Map.entry("archiver.exchange.imap.security", "none"),
                Map.entry("archiver.telemessage.page-limit", PAGE),
                Map.entry("archiver.sweep", "500ms"),
                Map.entry("archiver.queued-for", "1s"),
                Map.entry("archiver.sweep-runs", "500ms"),
                Map.entry("archiver.landing", "azure"),
                Map.entry("archiver.azure.container", "landing"),
                Map.entry("archiver.azure.connection-string", azurite.connectionString())));
        settings.putAll(ArchiverProcess.onPostgres(postgres.getJdbcUrl("postgres", "postgres"), home));
        if (broker != null) {
            settings.putAll(broker.settings());
            settings.put("archiver.queued-for", "1h");
            broker.secret(home.data());
        }
        Arrays.stream(MORE.split(";"))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return ArchiverProcess.start(
                ArchiverCommand.onClassPath("-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
                home,
                feed,
                mail,
                MAILBOXES,
                settings);
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
