package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.servers.Dovecot;

/**
 * A day's messages through an archiver that is killed again and again and started again on the same data, minutes later by its own clock:
 * first all of them are collected and archived, then the mapping is mended and what had no mailbox requeued, at last all of it is verified.
 */
final class CrashDay {
    static final String FOLDER = "WeChat Archiver";
    private static final String CONNECTOR = "wechat";
    private static final String FEED_PASSWORD = "feed-secret";
    private static final Duration DOWN = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ACCEPTED = 202;
    private static final long POLL_MILLIS = 200;
    private static final int START_MILLIS = 6_000;
    private static final int WORK_MILLIS = 800;

    private final Path folder;
    private final boolean multiAppend;
    private final CrashTraffic traffic;
    private final Set<CrashPoint> points;
    private final Random random;
    private final AtomicInteger kills;
    private final AtomicInteger killsInWork = new AtomicInteger();
    private final ExecutorService killer = Executors.newCachedThreadPool();
    private final List<String> unfinished = new ArrayList<>();
    private final Set<String> verifications = new HashSet<>();
    private volatile boolean working = true;
    private Duration ahead = Duration.ZERO;
    private int starts;
    private JsonNode reports = MissingNode.getInstance();
    private Map<String, Object> settings;
    private FeedSimulator feed;
    private MortalArchiver archiver;

    /**
     * @param points at each of which it is killed once
     * @param kills at random moments, besides
     */
    CrashDay(Path folder, boolean multiAppend, int messages, Collection<CrashPoint> points, int kills, Random random) {
        this.folder = folder;
        this.multiAppend = multiAppend;
        this.points = points.isEmpty() ? EnumSet.noneOf(CrashPoint.class) : EnumSet.copyOf(points);
        this.kills = new AtomicInteger(kills);
        this.random = random;
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(20, ChronoUnit.HOURS);
        traffic = new CrashTraffic(messages, 6, start);
    }

    Verdict run() throws IOException, InterruptedException, SQLException {
        Files.createDirectories(marks());
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector(CONNECTOR, "0 0 0 1 1 ? 2099", traffic.firstMapping(), FEED_PASSWORD);
        sweepSoon(home);
        Dovecot.Options options = Dovecot.with(List.copyOf(traffic.addresses()));
        try (Dovecot mail = (multiAppend ? options : options.withoutMultiAppend()).start();
                FeedSimulator simulator = new FeedSimulator()) {
            feed = simulator;
            feed.account(new FeedAccount("ops", FEED_PASSWORD, Set.of(CrashTraffic.NETWORK)));
            traffic.sendTo(feed);
            settings = settings(home, mail);
            Mailboxes mailboxes = new Mailboxes(mail, FOLDER, traffic.addresses());
            live(mailboxes);
            Verdict verdict = new Verdict(traffic);
            unfinished.forEach(verdict::problem);
            verdict.mailboxes(mailboxes.read());
            verdict.data(home.data());
            verdict.reports(reports);
            return verdict;
        } finally {
            killer.shutdownNow();
        }
    }

    private void live(Mailboxes mailboxes) throws IOException, InterruptedException {
        begin();
        try {
            until("the messages are collected", this::collected);
            until("the first mailboxes are full", () -> mailboxes.count() >= size(false) && ended());
            until("the mapping is mended", this::mended);
            until("nothing is unmapped", this::requeued);
            working = false;
            until("all mailboxes are full", () -> kills.get() <= 0 && mailboxes.count() >= size(true) && ended());
            until("the channels' routes are told", () -> archiver.isZero("archiver_channel_untold"));
            until("the runs are verified", this::verified);
        } finally {
            archiver.close();
        }
    }

    /** Asks once; a run that is killed goes on by itself. */
    private boolean collected() throws IOException, InterruptedException {
        if (archiver.get("/api/connectors/" + CONNECTOR + "/runs").path("items").isEmpty()) {
            archiver.post("/api/connectors/" + CONNECTOR + "/runs", "{}");
            return false;
        }
        JsonNode connector = archiver.get("/api/connectors").path("items").path(0);
        return !Instant.parse(connector.path("watermark").asText("1970-01-01T00:00:00Z"))
                .isBefore(traffic.end());
    }

    private boolean ended() throws IOException, InterruptedException {
        reports = archiver.get("/api/connectors/" + CONNECTOR + "/runs?limit=1000")
                .path("items");
        return StreamSupport.stream(reports.spliterator(), false)
                .allMatch(run -> !run.path("state").asText().equals("RUNNING")
                        && run.path("pending").asLong() == 0);
    }

    private boolean mended() throws IOException, InterruptedException {
        return archiver.putCsv("/api/connectors/" + CONNECTOR + "/mapping", traffic.secondMapping()) == 200;
    }

    private boolean requeued() throws IOException, InterruptedException {
        for (JsonNode channel : archiver.get("/api/channels").path("items")) {
            if (channel.path("id").asText().equals("unmapped")) {
                return channel.path("open").asLong() == 0
                        || archiver.post("/api/channels/unmapped/requeue", "{}") > 200;
            }
        }
        return false;
    }

    /** Each is asked for once: one that is killed goes on by itself, and finds nothing that differs. */
    private boolean verified() throws IOException, InterruptedException {
        boolean all = true;
        for (JsonNode run : reports) {
            String path = "/api/runs/" + run.path("id").asText() + "/verify";
            if (!verifications.contains(path) && archiver.post(path, "") == ACCEPTED) {
                verifications.add(path);
            }
            JsonNode verified = archiver.get(path);
            all &= verified.path("state").asText().equals("ENDED");
            if (all
                    && !(verified.path("counts").isEmpty()
                            && verified.path("number").asInt() == 1)) {
                unfinished.add("a verification is another one, or found differences: " + verified);
            }
        }
        return all;
    }

    private int size(boolean secondMapping) {
        return traffic.expected(secondMapping).values().stream()
                .mapToInt(Set::size)
                .sum();
    }

    /** The points that have killed a process. */
    Set<CrashPoint> met() {
        return points.stream()
                .filter(point -> Files.exists(marks().resolve(point.name())))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CrashPoint.class)));
    }

    /** Kills at random moments before everything was archived and requeued. */
    int killsInWork() {
        return killsInWork.get();
    }

    int starts() {
        return starts;
    }

    private Path marks() {
        return folder.resolve("marks");
    }

    /** So that pages that a process has left are looked for while the next one is not killed yet. */
    private static void sweepSoon(ArchiverHome home) throws IOException {
        Path sweep = home.routes().resolve("sweep.camel.yaml");
        Files.writeString(sweep, Files.readString(sweep).replace("delay: 5000", "delay: 100"));
    }

    private Map<String, Object> settings(ArchiverHome home, Dovecot mail) {
        Map<String, Object> all = new HashMap<>();
        all.put("archiver.routes", home.routes());
        all.put("archiver.data", home.data());
        all.put("archiver.sweep", 500);
        // What a process that was killed has left is taken up soon.
        all.put("archiver.sweep-runs", 200);
        all.put("archiver.chunk.messages", 40);
        all.put("archiver.mapping.settle", "1ms");
        // A server on this machine has settled at once.
        all.put("archiver.delivery.in-doubt-wait", "1s");
        all.put("archiver.telemessage.base-url", feed.baseUrl());
        all.put("archiver.telemessage.page-limit", 50);
        all.put("archiver.telemessage.settle", "1s");
        all.put("archiver.exchange.probe-mailbox", CrashTraffic.LATE);
        all.put("archiver.exchange.imap.host", mail.host());
        all.put("archiver.exchange.imap.port", mail.imapPort());
        all.put("archiver.exchange.imap.security", "none");
        all.put("archiver.exchange.imap.auth", "plain");
        all.put("archiver.exchange.imap.username", Dovecot.MASTER);
        all.put("archiver.exchange.imap.password", Dovecot.MASTER_PASSWORD);
        return all;
    }

    private interface Step {
        boolean done() throws IOException, InterruptedException;
    }

    /** Repeats a step until it says that it is done, with a new archiver wherever the old one has been killed. */
    private void until(String what, Step step) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (!archiver.alive()) {
                ahead = ahead.plus(DOWN);
                begin();
                end = Instant.now().plus(PATIENCE);
            } else if (tried(step)) {
                return;
            }
            archiver.awaitEnd(POLL_MILLIS);
        }
        unfinished.add("waited in vain until " + what);
    }

    private static boolean tried(Step step) throws InterruptedException {
        try {
            return step.done();
        } catch (IOException notStartedOrDead) {
            return false;
        }
    }

    private void begin() throws IOException {
        feed.clockOffset(ahead);
        starts++;
        archiver = MortalArchiver.start(settings, points, marks(), ahead, folder.resolve("output"));
        if (kills.get() > 0) {
            MortalArchiver victim = archiver;
            boolean whileItStarts = random.nextInt(5) == 0;
            long millis = random.nextInt(whileItStarts ? START_MILLIS : WORK_MILLIS);
            killer.execute(() -> kill(victim, whileItStarts, millis));
        }
    }

    private void kill(MortalArchiver victim, boolean whileItStarts, long millis) {
        try {
            while (!whileItStarts && victim.alive() && !victim.ready()) {
                victim.awaitEnd(20);
            }
            victim.awaitEnd(millis);
            victim.kill();
            kills.decrementAndGet();
            if (working) {
                killsInWork.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
