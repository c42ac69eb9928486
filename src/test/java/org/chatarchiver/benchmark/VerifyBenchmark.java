package org.chatarchiver.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Dovecot;
import org.springframework.util.FileSystemUtils;

/**
 * How many items a second are verified against Dovecot, by an archiver as users start it, of a run of {@code verify.items} texts (100,000 if
 * not set) for 20 mailboxes; and beside it what one connection takes that reads the Message-IDs of the same e-mails and does nothing with
 * them.
 */
public final class VerifyBenchmark {
    private static final int ITEMS = Integer.getInteger("verify.items", 100_000);
    private static final int ROUNDS = 2;
    private static final String FOLDER = "WeChat Archiver";
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    private VerifyBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        List<String> mailboxes = PlainTraffic.mailboxes(20);
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(24));
        Instant end = start.plus(Duration.ofHours(24));
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot = Dovecot.with(mailboxes).start()) {
            feed.account(new FeedAccount("ops", "feed-secret", Set.of("WECHAT")));
            for (Sample sample : PlainTraffic.texts(ITEMS, mailboxes, start, end)) {
                sample.sendTo(feed);
            }
            ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                    .connector("wechat", NEVER, PlainTraffic.mapping(mailboxes), "feed-secret");
            ArchiverCommand command = ArchiverCommand.asUsersDo();
            say("%d texts; the archiver is started by %s", ITEMS, command.told());
            try (ArchiverProcess archiver = ArchiverProcess.start(command, home, feed, dovecot, mailboxes)) {
                String run = archiver.begin("wechat", start, end);
                archiver.ended(run, Duration.ofMinutes(20));
                say("Archived; peak of resident memory so far %d MB", archiver.peakMegabytes());
                Mailboxes mail = new Mailboxes(dovecot);
                for (int round = 1; round <= ROUNDS; round++) {
                    measure(archiver, run, mail, mailboxes);
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void measure(ArchiverProcess archiver, String run, Mailboxes mail, List<String> mailboxes)
            throws Exception {
        double before = mail.readMessageIds(mailboxes, FOLDER);
        Duration cpu = archiver.cpu();
        JsonNode verified = archiver.verify(run, Duration.ofMinutes(20));
        if (!verified.get("counts").isEmpty()
                || verified.at("/progress/itemsDone").asInt() != ITEMS) {
            throw new IllegalStateException("The verification did not find everything as it is: " + verified);
        }
        Duration took = Duration.between(
                Instant.parse(verified.get("requested").asText()),
                Instant.parse(verified.get("ended").asText()));
        double rate = ITEMS / Benchmark.seconds(took);
        double after = mail.readMessageIds(mailboxes, FOLDER);
        say(
                "Verified: %.0f items/s (%.1f s, processor time of the archiver %.1f s, its peak of resident memory so far %d MB); one connection that reads Message-IDs: %.0f/s before, %.0f after; ratio %.2f",
                rate,
                Benchmark.seconds(took),
                Benchmark.seconds(archiver.cpu().minus(cpu)),
                archiver.peakMegabytes(),
                before,
                after,
                2 * rate / (before + after));
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
