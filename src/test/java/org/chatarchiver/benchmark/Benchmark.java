package org.chatarchiver.benchmark;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
 * A day of texts from the feed to Dovecot's folders, by an archiver that has just been started (cold) and in one long run of the same process
 * (sustained); and beside it what others do to the same server with ready-made e-mails of such messages: one connection that appends one
 * after the other before and after each run, since the machine may be slowed down by others, mbsync, and pipelined connections to all
 * mailboxes, which is as much as the server takes. Everything runs on this machine and shares its processors, and all of it uses TLS.
 */
public final class Benchmark {
    private static final int MAILBOXES = 20;
    /** Those that the archiver has nothing to do with: four for the sequential connection, one for mbsync. */
    private static final int OTHERS = 5;

    private static final int WARM_UP = 10;
    private static final String FOLDER = "WeChat Archiver";
    private static final String MBSYNC = "By mbsync";
    private static final String PIPELINED = "Pipelined";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String FEED_PASSWORD = "feed-secret";
    private static final Duration DAY = Duration.ofHours(24);

    private final BenchmarkOptions options = BenchmarkOptions.of(MAILBOXES);
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(DAY);
    private final List<String> mailboxes = PlainTraffic.mailboxes(MAILBOXES);
    private final Iterator<String> others;
    private final Path folder;
    private final Dovecot dovecot;
    private final Mailboxes mail;
    private final List<byte[]> readyMade;
    private final List<MimeMessage> oneByOne = new ArrayList<>();
    private int archived;

    private Benchmark(Path folder, Dovecot dovecot) throws Exception {
        this.folder = folder;
        this.dovecot = dovecot;
        others = everybody().subList(MAILBOXES, MAILBOXES + OTHERS).iterator();
        mail = new Mailboxes(dovecot);
        readyMade = ReadyMade.emails(
                options.oneByOne(),
                mailboxes,
                start,
                start.plus(DAY),
                Files.createDirectory(folder.resolve("ready-made")));
        for (byte[] email : readyMade) {
            oneByOne.add(mail.email(email));
        }
    }

    public static void main(String[] args) throws Exception {
        if (Program.find("dovecot").isEmpty()) {
            throw new IllegalStateException("The benchmark needs Dovecot 2.3: apt-get install dovecot-imapd");
        }
        Path folder = Files.createTempDirectory("benchmark");
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot = Dovecot.with(everybody()).synced().start()) {
            new Benchmark(folder, dovecot).measure(feed);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static List<String> everybody() {
        return PlainTraffic.mailboxes(MAILBOXES + OTHERS);
    }

    private void measure(FeedSimulator feed) throws Exception {
        ArchiverCommand command = ArchiverCommand.asUsersDo();
        say("%d mailboxes; %s; load %s before", MAILBOXES, machine(), load());
        say("The archiver is started by %s", command.told());
        ArchiverHome home = prepare(feed);
        List<String> ratios = new ArrayList<>();
        // Not measured: what this process has never done before it does slowly, which would flatter the archiver.
        mail.appendOneByOne(others.next(), oneByOne.subList(0, oneByOne.size() / WARM_UP));
        double before = sequential();
        try (ArchiverProcess archiver = ArchiverProcess.start(command, home, feed, dovecot, mailboxes)) {
            double cold = 0;
            if (options.cold() > 0) {
                cold = run("Cold, the first run of a process just started", archiver, options.cold());
                double after = sequential();
                ratios.add(toSequential("Cold", cold, before, after));
                before = after;
            }
            Optional<Double> mbsync = mbsync();
            if (cold > 0 && mbsync.isPresent()) {
                ratios.add(ratio("Cold/mbsync", cold, mbsync.get()));
            }
            double sustained = 0;
            if (options.sustained() > 0) {
                String process = cold > 0 ? "the same process" : "a process just started";
                sustained = run("Sustained, one run of " + process, archiver, options.sustained());
                ratios.add(toSequential("Sustained", sustained, before, sequential()));
            }
            double ceiling = ceiling();
            if (sustained > 0) {
                ratios.add(ratio("Sustained/ceiling", sustained, ceiling));
            }
        }
        ratios.forEach(ratio -> say("%s", ratio));
        say("Load %s after", load());
    }

    private ArchiverHome prepare(FeedSimulator feed) throws IOException {
        feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of("WECHAT")));
        for (Sample sample : PlainTraffic.texts(options.texts(), mailboxes, start, start.plus(DAY))) {
            sample.sendTo(feed);
        }
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), FEED_PASSWORD);
        // A file that has just been written is given time to be complete, which is no part of the rate.
        Files.setLastModifiedTime(
                home.mapping("wechat"), FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
        return home;
    }

    /** The next of the texts, as one run over one window: they are spread evenly over the day. */
    private double run(String name, ArchiverProcess archiver, int texts) throws Exception {
        Duration step = DAY.dividedBy(options.texts());
        Instant from = start.plus(step.multipliedBy(archived));
        archived += texts;
        Instant to = archived == options.texts() ? start.plus(DAY) : start.plus(step.multipliedBy(archived));
        List<String> last = mailboxes.subList(MAILBOXES - 1, MAILBOXES);
        Duration most = Duration.ofMinutes(10).plusSeconds(texts / 100);
        Duration cpu = archiver.cpu();
        ArchiverProcess.Report report =
                archiver.run("wechat", from, to, () -> mail.count(last, FOLDER) == archived / MAILBOXES, most);
        if (!report.state().equals("COMPLETE") || report.imported() != texts) {
            throw new IllegalStateException("The run did not import every message: " + report);
        }
        check(mailboxes, FOLDER, archived);
        double rate = texts / seconds(report.took());
        say(
                "%s: %.0f messages/s (%d in %.1f s from start to COMPLETE; processor time of the archiver %.1f s, its peak of resident memory so far %d MB)",
                name,
                rate,
                texts,
                seconds(report.took()),
                seconds(archiver.cpu().minus(cpu)),
                archiver.peakMegabytes());
        return rate;
    }

    private double sequential() throws Exception {
        double rate = mail.appendOneByOne(others.next(), oneByOne);
        say("One connection, one e-mail at a time: %.0f e-mails/s (%d)", rate, oneByOne.size());
        return rate;
    }

    private Optional<Double> mbsync() throws Exception {
        Optional<Mbsync> mbsync = Mbsync.find();
        if (mbsync.isEmpty()) {
            say("mbsync is not installed (apt-get install isync)");
            return Optional.empty();
        }
        String mailbox = others.next();
        double rate =
                mbsync.get().push(Files.createDirectory(folder.resolve("mbsync")), dovecot, mailbox, MBSYNC, readyMade);
        check(List.of(mailbox), MBSYNC, readyMade.size());
        say("mbsync, pushing a Maildir: %.0f e-mails/s (%d)", rate, readyMade.size());
        return Optional.of(rate);
    }

    private double ceiling() throws Exception {
        int each = options.ceiling() / MAILBOXES;
        double rate = new Ceiling(dovecot).measure(mailboxes, PIPELINED, readyMade, each);
        check(mailboxes, PIPELINED, options.ceiling());
        say("The server's ceiling, %d pipelined connections: %.0f e-mails/s (%d)", MAILBOXES, rate, options.ceiling());
        return rate;
    }

    private void check(List<String> where, String name, long expected) throws Exception {
        long found = mail.count(where, name);
        if (found != expected) {
            throw new IllegalStateException("There are " + found + " e-mails in \"" + name + "\" of " + where.size()
                    + " mailboxes, and " + expected + " were filed");
        }
        say("Counted in \"%s\": %d e-mails of %d", name, found, expected);
    }

    private static String toSequential(String name, double rate, double before, double after) {
        return String.format(
                Locale.ROOT,
                "%s/sequential: %.2f (%.0f to the mean of %.0f before it and %.0f after it)",
                name,
                2 * rate / (before + after),
                rate,
                before,
                after);
    }

    private static String ratio(String name, double rate, double other) {
        return String.format(Locale.ROOT, "%s: %.2f (%.0f to %.0f)", name, rate / other, rate, other);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** A second, since {@code start}. */
    static double rate(int number, long start) {
        return number / seconds(Duration.ofNanos(System.nanoTime() - start));
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
