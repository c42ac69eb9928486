package org.chatarchiver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Disturbance;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.FaultyProxy;
import org.chatarchiver.servers.GraphStub;
import org.chatarchiver.servers.Program;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * What a server in continuous trouble ({@link Disturbance}) costs: texts for 20 mailboxes by each transport, from the feed to COMPLETE,
 * first undisturbed and then disturbed, in one archiver each. What was in doubt counts: a run ends when the last of it has been looked for,
 * half a minute after its connection was cut, so that the rate up to nearly the last of the e-mails is told too.
 * A request is one of HTTP, a batch as a whole, and for IMAP one (MULTI)APPEND. The servers are Dovecot and the stubs of the tests.
 */
public final class DisturbanceBenchmark {
    private static final int WARM_UP = 1_000;
    private static final int MOST_PERCENT = 98;
    private static final int MESSAGES = Integer.getInteger("benchmark.messages", 50_000);
    private static final Set<String> TRANSPORTS =
            Set.of(System.getProperty("benchmark.transports", "graph,ews,imap").split(","));
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(20);
    private static final String FOLDER = "WeChat Archiver";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String FEED_PASSWORD = "feed-secret";
    private static final long SEED = 20_261_120;
    private static final Duration RUN = Duration.ofMinutes(10);

    private final Path folder;

    private DisturbanceBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        if (Program.find("dovecot").isEmpty()) {
            throw new IllegalStateException("The benchmark needs Dovecot 2.3: apt-get install dovecot-imapd");
        }
        Path folder = Files.createTempDirectory("benchmark");
        try {
            new DisturbanceBenchmark(folder).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private interface Counted {
        long get() throws Exception;
    }

    private void measure() throws Exception {
        say("%d texts for %d mailboxes, undisturbed and disturbed", MESSAGES, MAILBOXES.size());
        if (TRANSPORTS.contains("graph")) {
            graph();
        }
        if (TRANSPORTS.contains("ews")) {
            ews();
        }
        if (TRANSPORTS.contains("imap")) {
            imap();
        }
    }

    private void graph() throws Exception {
        try (GraphStub server = GraphStub.start()) {
            MAILBOXES.forEach(server::mailbox);
            measure(
                    "Graph",
                    settings -> settings.graph(server.baseUrl(), "token"),
                    server::disturb,
                    () -> MAILBOXES.stream()
                            .mapToLong(mailbox ->
                                    server.mailbox(mailbox).in(FOLDER).size())
                            .sum());
        }
    }

    private void ews() throws Exception {
        try (EwsStub server = EwsStub.start(EwsStub.Login.BASIC)) {
            server.mailboxes().create(MAILBOXES);
            measure("EWS", settings -> ews(settings, server), server::disturb, () -> MAILBOXES.stream()
                    .mapToLong(
                            mailbox -> server.mailboxes().items(mailbox, FOLDER).size())
                    .sum());
        }
    }

    private void imap() throws Exception {
        try (Dovecot server = Dovecot.with(MAILBOXES).start();
                FaultyProxy proxy = FaultyProxy.beforeImap(server.imapPort())) {
            measure("IMAP", settings -> imap(settings, proxy), proxy.appends()::disturb, () -> new Mailboxes(server)
                    .count(MAILBOXES, FOLDER));
        }
    }

    private void measure(
            String name,
            UnaryOperator<RunningArchiver.Settings> transport,
            Consumer<Disturbance> server,
            Counted mailboxes)
            throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        ArchiverHome home = ArchiverHome.create(folder.resolve(name))
                .connector("wechat", NEVER, PlainTraffic.mapping(MAILBOXES), FEED_PASSWORD);
        try (FeedSimulator feed = new FeedSimulator()) {
            feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of("WECHAT")));
            Instant start = end.minus(Duration.ofHours(30));
            // Spread evenly, so that a window's share of the time is its share of the messages.
            for (Sample sample : PlainTraffic.texts(WARM_UP + 2 * MESSAGES, MAILBOXES, start, end)) {
                sample.sendTo(feed);
            }
            Duration step = Duration.between(start, end).dividedBy(WARM_UP + 2L * MESSAGES);
            Instant first = start.plus(step.multipliedBy(WARM_UP));
            Instant second = first.plus(step.multipliedBy(MESSAGES));
            try (RunningArchiver archiver =
                    transport.apply(new RunningArchiver.Settings(home, feed)).start()) {
                run(archiver, start, first);
                Rates undisturbed = run(archiver, first, second);
                Disturbance trouble = new Disturbance(SEED);
                server.accept(trouble);
                Rates disturbed = run(archiver, second, end);
                server.accept(null);
                if (mailboxes.get() != WARM_UP + 2L * MESSAGES) {
                    throw new IllegalStateException(name + ": the mailboxes hold " + mailboxes.get() + " e-mails");
                }
                say(
                        "%s: %.0f messages/s undisturbed, %.0f disturbed, ratio %.2f; for the first 98 %% of them %.0f, %.0f, ratio %.2f (%d requests put off, %d connections cut)",
                        name,
                        undisturbed.all(),
                        disturbed.all(),
                        disturbed.all() / undisturbed.all(),
                        undisturbed.most(),
                        disturbed.most(),
                        disturbed.most() / undisturbed.most(),
                        trouble.answered(),
                        trouble.cut());
            }
        }
    }

    /**
     * Messages a second, from the run's start on.
     *
     * @param all to its end
     * @param most until 98 % of them were in their mailboxes
     */
    private record Rates(double all, double most) {}

    private static Rates run(RunningArchiver archiver, Instant from, Instant to) throws IOException {
        String run = archiver.start("wechat", false, from, to);
        Awaitility.await("the run")
                .atMost(RUN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> archiver.bean(Runs.class).find(run).orElseThrow().state() != Run.State.RUNNING);
        RunReport report = archiver.report(run);
        if (report.run().state() != Run.State.COMPLETE || report.failed() > 0) {
            throw new IllegalStateException("The run did not import every message: " + report);
        }
        Instant started = report.run().started();
        long most = report.imported() * MOST_PERCENT / 100;
        Instant filed = archiver.bean(JdbcTemplate.class)
                .queryForObject(
                        "select updated from item where run = ? order by updated offset ? rows fetch next row only",
                        OffsetDateTime.class,
                        run,
                        most - 1)
                .toInstant();
        return new Rates(
                report.imported()
                        / Benchmark.seconds(
                                Duration.between(started, report.run().finished())),
                most / Benchmark.seconds(Duration.between(started, filed)));
    }

    private static RunningArchiver.Settings ews(RunningArchiver.Settings settings, EwsStub server) {
        return settings.ews(
                server.url(), EwsStub.USER, EwsStub.PASSWORD, server.trustStore(), EwsStub.TRUST_STORE_PASSWORD);
    }

    private static RunningArchiver.Settings imap(RunningArchiver.Settings settings, FaultyProxy proxy) {
        return settings.set("archiver.exchange.imap.host", "127.0.0.1")
                .set("archiver.exchange.imap.port", proxy.port())
                .set("archiver.exchange.imap.security", "none")
                .set("archiver.exchange.imap.auth", "plain")
                .set("archiver.exchange.imap.username", Dovecot.MASTER)
                .set("archiver.exchange.imap.password", Dovecot.MASTER_PASSWORD);
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
