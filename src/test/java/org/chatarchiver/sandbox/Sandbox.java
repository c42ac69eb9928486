package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;

/**
 * The whole job on sample traffic, on this machine alone: a simulated feed, the archiver with its real routes, and an embedded mail server.
 * Started by {@code mvn spring-boot:test-run}; ends with Ctrl-C. Everything is under {@code data/sandbox}, made anew at each start, since
 * the mail server forgets its mailboxes.
 */
public final class Sandbox {
    private static final String USER = "ops";
    private static final String EVERY_MINUTE = "0 * * * * ?";
    private static final int PORT = 8080;

    private final SampleTraffic traffic = new SampleTraffic(2026);
    private final FeedSimulator feed = new FeedSimulator();
    private final ArchiverHome home;
    private final EmbeddedMailServer mail;
    private final SandboxReport report;

    private Sandbox(Path folder) throws IOException {
        String password = UUID.randomUUID().toString();
        home = ArchiverHome.create(folder);
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        mail.create(traffic.mailboxes());
        feed.account(new FeedAccount(USER, password, Set.copyOf(SampleTraffic.NETWORKS)));
        for (String network : SampleTraffic.NETWORKS) {
            home.connector(connector(network), EVERY_MINUTE, traffic.mapping(network), password);
        }
        report = new SandboxReport(console());
    }

    @SuppressForbidden("the sandbox tells on the console what it does and where to look")
    private static PrintStream console() {
        return System.out;
    }

    /** The first argument is the number of messages of the past day, 3,000 if there is none. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000;
        new Sandbox(Path.of("data", "sandbox").toAbsolutePath()).run(count);
    }

    private static String connector(String network) {
        return network.toLowerCase(Locale.ROOT);
    }

    private void run(int count) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Sample> samples = traffic.past(count, now.minusSeconds(5));
        samples.forEach(sample -> sample.sendTo(feed));
        report.starting(count, traffic.mailboxes().size());
        RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                .oauth(
                        "localhost",
                        mail.securePort(),
                        mail.certificate().trustStore(),
                        mail.certificate().password(),
                        mail.token())
                .set("archiver.exchange.probe-mailbox", traffic.mailboxes().get(0))
                .set("archiver.telemessage.settle", "1s")
                .set("archiver.telemessage.overlap", "2m")
                .set("server.port", System.getProperty("server.port", Integer.toString(PORT)))
                .set("logging.level.root", "warn")
                .set("logging.level.org.chatarchiver.channel.ChannelLog", "error")
                .start();
        report.console(archiver);
        firstDay(archiver);
        report.explain(samples);
        report.whereToLook(archiver, mail, traffic.mailboxes().get(0), home);
        goOn(archiver);
    }

    private void firstDay(RunningArchiver archiver) {
        List<String> runs = SampleTraffic.NETWORKS.stream()
                .map(network -> archiver.start(connector(network), false, null, null))
                .toList();
        runs.forEach(run -> report.follow(() -> archiver.report(run)));
    }

    /** New messages all the time, and a line for each scheduled run. */
    private void goOn(RunningArchiver archiver) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Set<String> told = ConcurrentHashMap.newKeySet();
        clock.scheduleAtFixedRate(() -> arrive(archiver, told), 10, 10, TimeUnit.SECONDS);
    }

    private void arrive(RunningArchiver archiver, Set<String> told) {
        traffic.next(Instant.now()).forEach(sample -> sample.sendTo(feed));
        for (String network : SampleTraffic.NETWORKS) {
            archiver.bean(Runs.class).list(connector(network), 5, "").stream()
                    .filter(run -> run.state() != Run.State.RUNNING && run.cause() == Run.Cause.SCHEDULE)
                    .filter(run -> told.add(run.id()))
                    .forEach(run -> report.line(archiver.report(run.id())));
        }
    }
}
