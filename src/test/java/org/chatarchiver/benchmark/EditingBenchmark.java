package org.chatarchiver.benchmark;

import static org.chatarchiver.benchmark.Benchmark.seconds;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.servers.Dovecot;
import org.springframework.util.FileSystemUtils;

/**
 * What it costs that route files are watched and routes are shown, and that files are edited: an archiver as users start it and another
 * one that looks at the files once an hour, then one without Hawtio and JMX, archive runs of texts in turn; then runs of one connector
 * without and with edits of another one; and at last one page of 100,000 messages, in the middle of which the route is edited that works on
 * it.
 */
public final class EditingBenchmark {
    private static final int MAILBOXES = 20;
    private static final int TEXTS = Integer.getInteger("editing.texts", 20_000);
    private static final int LARGE = Integer.getInteger("editing.page", 100_000);
    private static final int ROUNDS = Integer.getInteger("editing.rounds", 3);
    /** From an edit to the run in the middle of which it is put into force: that takes two looks, five to ten seconds. */
    private static final Duration HEAD_START = Duration.ofSeconds(4);

    private static final String NEVER = "0 0 0 1 1 ? 20";
    private static final String PASSWORD = "feed-secret";
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MOST = Duration.ofMinutes(20);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(DAY);
    private final List<String> mailboxes = PlainTraffic.mailboxes(MAILBOXES);
    private final int texts = LARGE + TEXTS * (5 + 6 * ROUNDS);
    private final Path folder;
    private final FeedSimulator feed;
    private final Dovecot dovecot;
    private int archived;
    private int edits;

    private EditingBenchmark(Path folder, FeedSimulator feed, Dovecot dovecot) {
        this.folder = folder;
        this.feed = feed;
        this.dovecot = dovecot;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot dovecot =
                        Dovecot.with(PlainTraffic.mailboxes(MAILBOXES)).synced().start()) {
            new EditingBenchmark(folder, feed, dovecot).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void measure() throws Exception {
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT", "WHATSAPP")));
        for (Sample sample : PlainTraffic.texts(texts, mailboxes, start, start.plus(DAY))) {
            sample.sendTo(feed);
        }
        compare("Files looked at every 5 s and every hour", Map.of("archiver.routes-watch", "1h"));
        compare(
                "With and without Hawtio and JMX",
                Map.of("hawtio.enabled", "false", "camel.main.jmx-enabled", "false"));
        ArchiverHome home = home("edited");
        try (ArchiverProcess archiver = start(home, Map.of())) {
            run(archiver);
            edits(archiver, home);
            largePage(archiver, home);
        }
    }

    private ArchiverHome home(String name) throws IOException {
        String mapping = PlainTraffic.mapping(mailboxes);
        return ArchiverHome.create(folder.resolve(name))
                .connector("wechat", NEVER + "99", mapping, PASSWORD)
                .connector("whatsapp", NEVER + "99", mapping, PASSWORD);
    }

    private ArchiverProcess start(ArchiverHome home, Map<String, String> settings) throws IOException {
        return ArchiverProcess.start(ArchiverCommand.asUsersDo(), home, feed, dovecot, mailboxes, settings);
    }

    private void compare(String what, Map<String, String> settings) throws Exception {
        try (ArchiverProcess archiver = start(home("as users do"), Map.of());
                ArchiverProcess other = start(home("other"), settings)) {
            compare(what, archiver, other);
        }
    }

    /** Who comes first changes, since a machine may become slower or faster meanwhile. */
    private void compare(String what, ArchiverProcess archiver, ArchiverProcess other) throws Exception {
        run(archiver);
        run(other);
        Duration cpu = archiver.cpu();
        Duration otherCpu = other.cpu();
        double took = 0;
        double otherTook = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                took += seconds(run(archiver));
                otherTook += seconds(run(other));
            } else {
                otherTook += seconds(run(other));
                took += seconds(run(archiver));
            }
        }
        say(
                "%s: %.0f and %.0f messages/s (%d runs of %d each), ratio %.3f; processor time %.1f and %.1f s",
                what,
                ROUNDS * TEXTS / took,
                ROUNDS * TEXTS / otherTook,
                ROUNDS,
                TEXTS,
                otherTook / took,
                seconds(archiver.cpu().minus(cpu)),
                seconds(other.cpu().minus(otherCpu)));
    }

    private void edits(ArchiverProcess archiver, ArchiverHome home) throws Exception {
        List<Duration> quiet = new ArrayList<>();
        List<Duration> edited = new ArrayList<>();
        double without = 0;
        double with = 0;
        int within = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String run = begin(archiver);
            quiet.add(Standstill.of(archiver, run, TEXTS));
            without += seconds(archiver.ended(run, MOST).took());
            edit(home);
            TimeUnit.MILLISECONDS.sleep(HEAD_START.toMillis());
            Instant from = Instant.now();
            run = begin(archiver);
            edited.add(Standstill.of(archiver, run, TEXTS));
            with += seconds(archiver.ended(run, MOST).took());
            Instant to = Instant.now();
            Instant since = untilInForce(archiver, "connectors/whatsapp.camel.yaml", home);
            within += since.isAfter(from) && since.isBefore(to) ? 1 : 0;
        }
        say(
                "Another connector edited (%d times in the middle of %d runs): %.2f s a run of %d, %.2f without an edit; longest standstill of each run %s, without %s",
                within, ROUNDS, with / ROUNDS, TEXTS, without / ROUNDS, told(edited), told(quiet));
    }

    /** Another time at which the other connector never runs. */
    private void edit(ArchiverHome home) throws IOException {
        Path file = home.routes().resolve("connectors/whatsapp.camel.yaml");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("1 1 \\? 20\\d\\d", "1 1 ? 20" + (60 + edits % 30)));
        edits++;
    }

    private void largePage(ArchiverProcess archiver, ArchiverHome home) throws Exception {
        feed.ignoreLimit();
        int before = archived;
        archived = texts;
        String run = archiver.begin("wechat", at(before), start.plus(DAY));
        Awaitility.await("the first messages of the page")
                .atMost(MOST)
                .until(() -> archiver.report(run).get("imported").asLong() > 0);
        Path file = home.routes().resolve("archive.camel.yaml");
        String text = Files.readString(file);
        long saved = System.nanoTime();
        Files.writeString(
                file,
                text.replaceFirst(
                        "(?m)^( *)- to: direct:make-email", "$1- log: {message: On, loggingLevel: TRACE}\n$0"));
        untilInForce(archiver, "archive.camel.yaml", home);
        double took = seconds(Duration.ofNanos(System.nanoTime() - saved));
        JsonNode report = archiver.report(run);
        say(
                "A page of %d in work: the edited archive-chunk is in force %.1f s after it was saved, behind %d messages",
                LARGE, took, report.get("imported").asLong());
        ArchiverProcess.Report end = archiver.ended(run, MOST);
        if (!end.state().equals("COMPLETE") || end.imported() != texts - before) {
            throw new IllegalStateException("The run did not import every message: " + end);
        }
    }

    /** @return since when it is */
    private static Instant untilInForce(ArchiverProcess archiver, String name, ArchiverHome home) throws IOException {
        String digest = Sha256.of(Files.readString(home.routes().resolve(name)));
        JsonNode inForce = Awaitility.await(name)
                .atMost(MOST)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> StreamSupport.stream(
                                        archiver.routes().get("files").spliterator(), false)
                                .filter(file -> file.get("file").asText().equals(name)
                                        && file.get("digest").asText().equals(digest)
                                        && file.get("state").asText().equals("IN_FORCE"))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        return Instant.parse(inForce.get("since").asText());
    }

    private Duration run(ArchiverProcess archiver) throws IOException {
        return archiver.ended(begin(archiver), MOST).took();
    }

    /** Begins to archive the next of the texts, which are spread evenly over the day. */
    private String begin(ArchiverProcess archiver) throws IOException {
        Instant from = at(archived);
        archived += TEXTS;
        return archiver.begin("wechat", from, at(archived));
    }

    private Instant at(int text) {
        return start.plus(DAY.dividedBy(texts).multipliedBy(text));
    }

    private static String told(List<Duration> times) {
        return times.stream()
                        .map(time -> String.format(Locale.ROOT, "%.2f", seconds(time)))
                        .toList()
                + " s";
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
