package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The packaged archiver, as it is by default, in a run of thousands against a real Dovecot, while its route files are edited. */
abstract class EditedRunBed {
    static final int MESSAGES = 5_000;
    static final String MAILBOX = "ann@example.com";
    private static final String OWNER = "+447700900101";
    static final String NEVER = "0 0 0 1 1 ? 2099";
    static final String WHATSAPP = "connectors/whatsapp.camel.yaml";
    /** From saving to being in force. */
    static final Duration EFFECT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** The feed does not give these messages before an edit is in force, so that the run is under way until then. */
    final Map<Integer, CountDownLatch> held =
            Map.of(1_300, new CountDownLatch(1), 2_600, new CountDownLatch(1), 3_900, new CountDownLatch(1));

    final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    FeedSimulator feed;
    Dovecot mail;
    ScannerStub scanner;
    ArchiverHome home;
    ArchiverProcess archiver;

    @BeforeEach
    void start() throws IOException {
        String mapping = "External User ID,Microsoft 365 User Mailbox\r\n" + OWNER + "," + MAILBOX + "\r\n";
        home = ArchiverHome.create(folder.resolve("archiver"))
                .connector("wechat", NEVER, mapping, "secret")
                .connector("whatsapp", NEVER, mapping, "secret");
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", "secret", Set.of("WECHAT", "WHATSAPP", "SIGNAL")));
        mail = Dovecot.with(List.of(MAILBOX)).start();
        scanner = new ScannerStub();
        for (int i = 0; i < MESSAGES - 1; i++) {
            add("WECHAT", "m-" + i, OWNER, i);
        }
        addWithFile("m-with-file", "a virus");
        add("WECHAT", "nobody", "+447700900777", MESSAGES);
        archiver = ArchiverProcess.packaged(home.data(), settings(), folder.resolve("archiver.log"));
    }

    private void add(String network, String id, String owner, int number) {
        byte[] message = TestBed.text(id, "Text of " + id)
                .put("msisdn", owner)
                .put("from", owner)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        CountDownLatch latch = held.get(number);
        feed.add(network, end.minus(Duration.ofHours(1)).plusMillis(number), out -> {
            if (latch != null) {
                await(latch);
            }
            out.write(message);
        });
    }

    /** The last one, behind every edit. */
    private void addWithFile(String id, String file) {
        ObjectNode message =
                TestBed.text(id, "Text of " + id).put("msisdn", OWNER).put("from", OWNER);
        message.putArray("attachment")
                .addObject()
                .put("name", "file.bin")
                .put("content", Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        feed.add("WECHAT", end.minus(Duration.ofHours(1)).plusMillis(MESSAGES - 1), out -> out.write(bytes));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Nobody released the feed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("archiver.routes", home.routes().toString());
        settings.put("archiver.data", home.data().toString());
        settings.put("archiver.telemessage.base-url", feed.baseUrl().toString());
        settings.put("archiver.telemessage.page-limit", "250");
        settings.put("virus-scanner", scanner.url());
        settings.putAll(mail.settings());
        return settings;
    }

    @AfterEach
    void stop() throws IOException {
        archiver.close();
        scanner.close();
        mail.close();
        feed.close();
    }

    /** Everything has arrived, once, and the counts say so. */
    void endsWithEverythingOnce(String run) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !archiver.get(run).path("state").asText().equals("RUNNING"));
        JsonNode report = archiver.get(run);
        assertThat(report.path("state").asText()).isEqualTo("COMPLETE");
        assertThat(report.path("availableFromSource").asInt()).isEqualTo(MESSAGES + 1);
        assertThat(report.path("imported").asInt()
                        + report.path("partiallyImported").asInt())
                .isEqualTo(MESSAGES);
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(PythonMailbox.byMaster(mail, MAILBOX, "WeChat Archiver").messages().stream()
                        .map(message -> message.path("headers").toString())
                        .distinct())
                .hasSize(MESSAGES);
        assertThat(routes().path("problems")).isEmpty();
    }

    /** A run over all messages; it does not end before the feed gives those that are held. */
    String begin() throws Exception {
        return archiver.run("wechat", new TestBed.Window(end.minus(Duration.ofHours(2)), end));
    }

    static void within(String what, Callable<Boolean> effect) {
        Awaitility.await(what)
                .atMost(EFFECT)
                .pollInterval(Duration.ofMillis(250))
                .until(effect);
    }

    JsonNode routes() throws Exception {
        return archiver.get("/api/routes");
    }

    String state(String file) throws Exception {
        for (JsonNode one : routes().path("files")) {
            if (one.path("file").asText().equals(file)) {
                return one.path("state").asText();
            }
        }
        return "";
    }

    /** As it is now on disk. */
    boolean inForce(String file) throws Exception {
        String digest = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(read(file).getBytes(StandardCharsets.UTF_8)));
        for (JsonNode one : routes().path("files")) {
            if (one.path("file").asText().equals(file)) {
                return one.path("digest").asText().equals(digest)
                        && one.path("state").asText().equals("IN_FORCE");
            }
        }
        return false;
    }

    /** Empty for a connector that does not run. */
    String schedule(String id) throws Exception {
        for (JsonNode one : archiver.get("/api/connectors").path("items")) {
            if (one.path("id").asText().equals(id)) {
                return one.path("schedule").asText();
            }
        }
        return "";
    }

    void edit(String file, String from, String to) throws IOException {
        String text = read(file);
        assertThat(text).contains(from);
        write(file, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }

    String read(String file) throws IOException {
        return Files.readString(home.routes().resolve(file), StandardCharsets.UTF_8);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(home.routes().resolve(file), text, StandardCharsets.UTF_8);
    }
}
