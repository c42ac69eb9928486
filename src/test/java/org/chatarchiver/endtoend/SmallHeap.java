package org.chatarchiver.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.servers.Dovecot;

/**
 * An archiver of its own process with {@code -Xmx256m}, which ends at once where that is not enough, between a feed that puts a whole
 * window into one page and a real Dovecot. Windows are handed out so that no two overlap.
 */
final class SmallHeap implements AutoCloseable {
    private static final String HEAP = "256m";
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private final FeedSimulator feed;
    private final Dovecot mail;
    private final ArchiverHome home;
    private ArchiverProcess archiver;
    private int starts;
    private Instant windowEnd = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);

    private SmallHeap(Path folder, String mapping, List<String> mailboxes) throws IOException {
        home = ArchiverHome.create(folder.resolve("archiver"))
                .connector(TestBed.WECHAT, "0 0 0 1 1 ? 2099", mapping, "secret");
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", "secret", Set.of("WECHAT")));
        feed.ignoreLimit();
        mail = Dovecot.with(mailboxes).start();
        startAgain();
    }

    /** @param mapping of the connector {@code wechat}; the mailboxes that it names exist if they are among {@code mailboxes} */
    static SmallHeap start(Path folder, String mapping, List<String> mailboxes) throws IOException {
        return new SmallHeap(folder, mapping, mailboxes);
    }

    /** On the data that the one before has left. */
    void startAgain() throws IOException {
        Path log = home.folder().resolve("archiver-" + ++starts + ".log");
        archiver = ArchiverProcess.start(List.of("-Xmx" + HEAP), home.data(), settings(), log);
    }

    /** As by {@code kill -9}. */
    void kill() throws InterruptedException {
        archiver.kill();
    }

    FeedSimulator feed() {
        return feed;
    }

    /** An hour that no test has used yet. */
    TestBed.Window window() {
        Instant end = windowEnd;
        windowEnd = end.minus(1, ChronoUnit.HOURS);
        return new TestBed.Window(windowEnd, end);
    }

    void add(TestBed.Window window, MessageWriter message) {
        feed.add("WECHAT", window.from().plusSeconds(1), message);
    }

    void add(TestBed.Window window, ObjectNode message) {
        add(window, MessageWriter.of(TestBed.bytes(message)));
    }

    /** @return the path of the run */
    String begin(TestBed.Window window) throws IOException, InterruptedException {
        return archiver.run(TestBed.WECHAT, window);
    }

    JsonNode run(TestBed.Window window) throws IOException, InterruptedException {
        return ended(begin(window));
    }

    JsonNode ended(String run) throws IOException, InterruptedException {
        await("end of the run")
                .atMost(LONGEST_RUN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !get(run).path("state").asText().equals("RUNNING"));
        return get(run);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return archiver.get(path);
    }

    /** Sends a mapping file for the connector {@code wechat}. */
    HttpResponse<String> map(Path csv) throws IOException, InterruptedException {
        return archiver.map(TestBed.WECHAT, csv);
    }

    /** Parts of pages and attachments that wait on disk for their turn, and whatever else the JVM calls temporary. */
    List<Path> temporaryFiles() throws IOException {
        return Stream.of(
                        files(home.data().resolve("spool")),
                        files(home.data().resolve("staging")),
                        files(ArchiverProcess.temporary(home.data())))
                .flatMap(List::stream)
                .toList();
    }

    /** Attachments of the pages in work. */
    List<Path> spooledFiles() throws IOException {
        return files(home.data().resolve("spool"));
    }

    /** What is on its way from the feed to the landing zone. */
    List<Path> stagedFiles() throws IOException {
        return files(home.data().resolve("staging"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("archiver.routes", home.routes().toString());
        settings.put("archiver.data", home.data().toString());
        settings.put("archiver.sweep", "1000");
        settings.put("archiver.sweep-runs", "1000");
        settings.put("archiver.mapping.settle", "1ms");
        settings.put("archiver.telemessage.base-url", feed.baseUrl().toString());
        settings.putAll(mail.settings());
        return settings;
    }

    @Override
    public void close() throws IOException {
        archiver.close();
        mail.close();
        feed.close();
    }
}
