package org.chatarchiver.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.Program;
import org.springframework.util.FileSystemUtils;

/**
 * A day of texts from the feed to Dovecot's folders, by an archiver that has just been started and once more by the same one; and beside it
 * e-mails of the same messages, ready-made, appended one after the other over one connection to the same server. Everything runs on this
 * machine: feed, server, archiver and appender share its processors. Both use TLS.
 */
public final class Benchmark {
    private static final int MESSAGES = 20_000;
    private static final int MAILBOXES = 20;
    private static final int ONE_BY_ONE = 5_000;
    private static final String FOLDER = "WeChat Archiver";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String FEED_PASSWORD = "feed-secret";

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        if (Program.find("dovecot").isEmpty()) {
            throw new IllegalStateException("The benchmark needs Dovecot 2.3: apt-get install dovecot-imapd");
        }
        Path folder = Files.createTempDirectory("benchmark");
        List<String> mailboxes = PlainTraffic.mailboxes(MAILBOXES);
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot = Dovecot.with(mailboxes).synced().start()) {
            measure(folder, mailboxes, feed, dovecot);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void measure(Path folder, List<String> mailboxes, FeedSimulator feed, Dovecot dovecot)
            throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant middle = end.minus(Duration.ofHours(24));
        Instant start = middle.minus(Duration.ofHours(24));
        feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of("WECHAT")));
        for (Sample sample : PlainTraffic.texts(2 * MESSAGES, mailboxes, start, end)) {
            sample.sendTo(feed);
        }
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), FEED_PASSWORD);
        // A file that has just been written is given time to be complete, which is no part of the rate.
        Files.setLastModifiedTime(
                home.mapping("wechat"), FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
        Mailboxes mail = new Mailboxes(dovecot);
        List<String> last = mailboxes.subList(MAILBOXES - 1, MAILBOXES);
        say("%d texts for %d mailboxes; %s; load %s before", MESSAGES, MAILBOXES, machine(), load());
        try (ArchiverProcess archiver = ArchiverProcess.start(home, feed, dovecot, mailboxes)) {
            double first = run(
                    "First run of a fresh process",
                    archiver,
                    start,
                    middle,
                    () -> mail.count(last, FOLDER) == MESSAGES / MAILBOXES);
            check(mail.count(mailboxes, FOLDER), MESSAGES);
            // Right after it, so that a machine that others slow down has slowed both.
            double sequential = mail.appendOneByOne(mailboxes.get(0), mail.some(mailboxes, FOLDER, ONE_BY_ONE));
            say("One connection, one e-mail at a time: %.0f messages/s (%d e-mails)", sequential, ONE_BY_ONE);
            say("Ratio of the first run to that: %.2f", first / sequential);
            run(
                    "Second run, other messages",
                    archiver,
                    middle,
                    end,
                    () -> mail.count(last, FOLDER) == 2 * MESSAGES / MAILBOXES);
            check(mail.count(mailboxes, FOLDER), 2 * MESSAGES);
        }
        say("Load %s after", load());
    }

    private static double run(String name, ArchiverProcess archiver, Instant from, Instant to, Callable<Boolean> filed)
            throws IOException {
        Duration cpu = archiver.cpu();
        ArchiverProcess.Report report = archiver.run("wechat", from, to, filed);
        if (!report.state().equals("COMPLETE") || report.imported() != MESSAGES) {
            throw new IllegalStateException("The run did not import every message: " + report);
        }
        double rate = MESSAGES / seconds(report.took());
        say(
                "%s: %.0f messages/s (%.1f s from start to COMPLETE; processor time of the archiver %.1f s, its peak of resident memory %d MB, %s)",
                name,
                rate,
                seconds(report.took()),
                seconds(archiver.cpu().minus(cpu)),
                archiver.peakMegabytes(),
                String.join(" ", ArchiverProcess.JVM));
        return rate;
    }

    private static void check(long found, long expected) {
        if (found != expected) {
            throw new IllegalStateException(
                    "The mailboxes hold " + found + " e-mails, and there were " + expected + " messages");
        }
        say("Counted in the mailboxes: %d e-mails for %d messages", found, expected);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version();
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
