package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One huge page through an archiver with a small heap. {@code -Dpage.megabytes=1024} is the size that is promised. */
@RequiresProgram("dovecot")
class GigabytePageTest {
    private static final int SIZE = Integer.getInteger("page.megabytes", 300);
    private static final int MB = 1024 * 1024;
    /** Decoded; 9 MB are delivered, the larger ones left out. */
    private static final List<Integer> FILES = List.of(9, 30, 3, 90);

    private static final int SMALL = 500;

    @TempDir
    Path folder;

    @Test
    void aHugePagePassesThroughAHeapOf256Megabytes() throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        TestBed.Window window = new TestBed.Window(end.minus(1, ChronoUnit.HOURS), end);
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector(TestBed.WECHAT, "0 0 0 1 1 ? 2099", TestBed.MAPPING, "secret");
        try (FeedSimulator feed = new FeedSimulator();
                Dovecot mail = Dovecot.start(TestBed.ANN)) {
            feed.account(new FeedAccount("ops", "secret", Set.of("WECHAT")));
            int large = addMessages(feed, window);
            try (ArchiverProcess archiver = ArchiverProcess.start(
                    "256m", home.data(), settings(home, feed, mail), folder.resolve("archiver.log"))) {
                String run = archiver.run(TestBed.WECHAT, window);
                await("end of the run")
                        .atMost(Duration.ofMinutes(10))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> !archiver.get(run).path("state").asText().equals("RUNNING"));
                JsonNode report = archiver.get(run);
                assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETE");
                assertThat(report.path("imported").asInt()
                                + report.path("partiallyImported").asInt())
                        .isEqualTo(SMALL + large);
            }
        }
    }

    private static int addMessages(FeedSimulator feed, TestBed.Window window) {
        int files = 0;
        int smallAfterEach = 20;
        int small = 0;
        for (long bytes = 0; bytes * 4 / 3 < (long) SIZE * MB; files++) {
            GeneratedContent content = new GeneratedContent((long) FILES.get(files % FILES.size()) * MB, files);
            feed.add(
                    "WECHAT",
                    window.from().plusSeconds(1),
                    LargeMessage.withAttachment(
                            TestBed.text("large-" + files, "A large file"), "film.mp4", "video/mp4", content));
            bytes += content.size();
            for (int i = 0; i < smallAfterEach && small < SMALL; i++) {
                addSmall(feed, window, small++);
            }
        }
        while (small < SMALL) {
            addSmall(feed, window, small++);
        }
        return files;
    }

    private static void addSmall(FeedSimulator feed, TestBed.Window window, int number) {
        feed.add(
                "WECHAT",
                window.from().plusSeconds(1),
                TestBed.bytes(TestBed.text("small-" + number, "Small " + number)));
    }

    private static Map<String, String> settings(ArchiverHome home, FeedSimulator feed, Dovecot mail) {
        Map<String, String> settings = new HashMap<>();
        settings.put("archiver.routes", home.routes().toString());
        settings.put("archiver.data", home.data().toString());
        settings.put("archiver.telemessage.base-url", feed.baseUrl().toString());
        settings.put("archiver.exchange.imap.host", "localhost");
        settings.put("archiver.exchange.imap.port", Integer.toString(mail.imapsPort()));
        settings.put("archiver.exchange.imap.auth", "plain");
        settings.put("archiver.exchange.imap.username", Dovecot.MASTER);
        settings.put("archiver.exchange.imap.password", Dovecot.MASTER_PASSWORD);
        settings.put("archiver.exchange.imap.ssl-bundle", "mail");
        settings.put("spring.ssl.bundle.jks.mail.truststore.location", "file:" + mail.trustStore());
        settings.put("spring.ssl.bundle.jks.mail.truststore.type", "PKCS12");
        settings.put("spring.ssl.bundle.jks.mail.truststore.password", Dovecot.TRUST_STORE_PASSWORD);
        return settings;
    }
}
