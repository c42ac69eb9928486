package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;

/**
 * The whole job on sample traffic, on this machine alone: a simulated feed, the archiver with its real routes, and an embedded mail server.
 * Started by {@code mvn spring-boot:test-run}; ends with Ctrl-C. Everything is under {@code data/sandbox}, made anew at each start, since
 * the mail server forgets its mailboxes.
 */
public final class Sandbox implements AutoCloseable {
    private static final String USER = "ops";
    private static final String EVERY_MINUTE = "0 * * * * ?";
    /** So that no run of its schedule comes between those that are started here. */
    private static final String DAILY = "0 15 2 * * ?";

    private static final int TRIES = 300;
    private static final int PORT = 8080;

    /**
     * How much, and how fast.
     *
     * @param count messages of the past day on WeChat and WhatsApp
     * @param slowCount messages of the past day on the slow feed
     * @param pause of the slow feed before each page
     */
    record Size(int count, int slowCount, Duration pause) {
        static final Size USUAL = new Size(3_000, 900, Duration.ofSeconds(4));
    }

    private final SampleTraffic traffic = new SampleTraffic(2026);
    private final FeedSimulator feed = new FeedSimulator();
    private final Size size;
    private final ArchiverHome home;
    private final EmbeddedMailServer mail;
    private final FieldTeam field;
    private final Branch branch;
    private final SandboxUsers users = new SandboxUsers();
    private final SandboxReport report;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private RunningArchiver archiver;

    Sandbox(Path folder, Size size, PrintStream out) throws IOException {
        String password = UUID.randomUUID().toString();
        this.size = size;
        home = ArchiverHome.create(folder);
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        mail.create(traffic.mailboxes());
        feed.account(new FeedAccount(USER, password, Set.copyOf(SampleTraffic.NETWORKS)));
        for (String network : SampleTraffic.NETWORKS) {
            home.connector(connector(network), EVERY_MINUTE, traffic.mapping(network), password);
        }
        field = new FieldTeam(UUID.randomUUID().toString(), size.pause());
        home.added(field.connector(DAILY), field.mapping(), field.account().password());
        branch = new Branch(UUID.randomUUID().toString(), folder);
        report = new SandboxReport(out);
    }

    @SuppressForbidden("the sandbox tells on the console what it does and where to look")
    private static PrintStream console() {
        return System.out;
    }

    /** The first argument is the number of messages of the past day, 3,000 if there is none. */
    public static void main(String[] arguments) throws Exception {
        Size usual = Size.USUAL;
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : usual.count();
        int port = Integer.getInteger("server.port", PORT);
        new Sandbox(
                        Path.of("data", "sandbox").toAbsolutePath(),
                        new Size(count, usual.slowCount(), usual.pause()),
                        console())
                .run(port);
    }

    private static String connector(String network) {
        return network.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns once the first day is archived; from then on messages keep arriving.
     *
     * @param port of console and API; 0 for a free one
     * @throws RuntimeException if it cannot start; then everything is closed, since threads of the servers would keep the process alive
     */
    RunningArchiver run(int port) throws IOException {
        try {
            return start(port);
        } catch (RuntimeException e) {
            if (NestedExceptionUtils.getRootCause(e) instanceof BindException || e instanceof PortInUseException) {
                report.portInUse(port);
            }
            close();
            throw e;
        }
    }

    private RunningArchiver start(int port) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Sample> samples = traffic.past(size.count(), now.minusSeconds(5));
        samples.forEach(sample -> sample.sendTo(feed));
        field.send(feed, size.slowCount(), now.minusSeconds(5));
        branch.send(feed, now.minusSeconds(5));
        report.starting(size.count(), traffic.mailboxes().size());
        archiver = users.addTo(new RunningArchiver.Settings(home, feed))
                .oauth(mail)
                .set("archiver.exchange.probe-mailbox", traffic.mailboxes().get(0))
                .set("archiver.telemessage.settle", "1s")
                .set("archiver.telemessage.overlap", "2m")
                .set("archiver.telemessage.max-download", FieldTeam.MAX_DOWNLOAD)
                .set("server.port", port)
                .set("logging.level.root", "warn")
                .set("logging.level.org.chatarchiver.channel.ChannelLog", "error")
                .start();
        report.console(archiver, users, branch);
        firstDay(now.minusSeconds(5));
        report.explain(samples);
        report.whereToLook(archiver, users, mail, traffic.mailboxes().get(0), home);
        clock.scheduleAtFixedRate(this::arrive, 10, 10, TimeUnit.SECONDS);
        return archiver;
    }

    /** The slow run is not waited for. */
    private void firstDay(Instant now) {
        String broken = archiver.start(FieldTeam.CONNECTOR, false, FieldTeam.brokenFrom(now), FieldTeam.brokenTo(now));
        report.brokenOff(() -> archiver.report(broken));
        told.add(broken);
        field.slowDown(feed);
        String slow = run(FieldTeam.CONNECTOR);
        List<String> runs = SampleTraffic.NETWORKS.stream()
                .map(network -> run(connector(network)))
                .toList();
        told.addAll(runs);
        runs.forEach(run -> report.follow(() -> archiver.report(run)));
        report.slow(archiver, slow);
    }

    /** The address of the simulated feed. */
    URI feed() {
        return feed.baseUrl();
    }

    /** The one that is started, or that its schedule has started at this very moment; the one before may still be about to end. */
    private String run(String connector) {
        for (int i = 0; i < TRIES; i++) {
            if (archiver.bean(RunStarts.class).start(connector, false, null, null, "sandbox")
                    instanceof Started.Running started) {
                return started.run().id();
            }
            List<Run> newest = archiver.bean(Runs.class).list(connector, 1, "");
            if (!newest.isEmpty() && newest.get(0).state() == Run.State.RUNNING) {
                return newest.get(0).id();
            }
            SandboxReport.pause(100);
        }
        throw new IllegalStateException("No run of " + connector + " can be started");
    }

    /** New messages all the time, and a line for each run that has ended, of whatever connector there is by now. */
    private void arrive() {
        Instant now = Instant.now();
        traffic.next(now).forEach(sample -> sample.sendTo(feed));
        field.next(feed, now);
        branch.next(feed, now);
        archiver.bean(Connectors.class).all().stream()
                .flatMap(one -> archiver.bean(Runs.class).list(one.id(), 5, "").stream())
                .filter(run -> run.state() != Run.State.RUNNING)
                .filter(run -> told.add(run.id()))
                .forEach(run -> report.line(archiver.report(run.id())));
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        if (archiver != null) {
            archiver.close();
        }
        mail.close();
        feed.close();
    }
}
