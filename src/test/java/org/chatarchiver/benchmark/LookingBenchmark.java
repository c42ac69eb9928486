package org.chatarchiver.benchmark;

import static org.chatarchiver.benchmark.Benchmark.seconds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.servers.Dovecot;
import org.springframework.util.FileSystemUtils;

/**
 * What it costs an archiver that has nothing else to do to show the report of a large run once a second; and beside it what counting the
 * run's rows costs, as each view did before totals were kept, and what exporting their evidence does. The run has {@code bench.items} items (1,000,000 if not set), in pages of
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

    private static final String RUN = LargeLedger.RUN;
    private static final String NEVER = "0 0 0 1 1 ? 2099";

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
            LargeLedger.in(home).items(ITEMS, PAGE, mailboxes.get(0)).close();
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
        export(archiver);
    }

    private static void export(ArchiverProcess archiver) throws IOException {
        long memory = archiver.peakMegabytes();
        Duration used = archiver.cpu();
        long begun = System.nanoTime();
        long bytes = archiver.evidence();
        say(
                "Their evidence, %.1f MB, takes %.1f s and %.1f s of a processor; at most %d MB of memory, %d before",
                bytes / 1e6,
                (System.nanoTime() - begun) / 1e9,
                seconds(archiver.cpu().minus(used)),
                archiver.peakMegabytes(),
                memory);
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

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
