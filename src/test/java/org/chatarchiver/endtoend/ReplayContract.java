package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs that are re-checked at the destination from their landed pages, asked of both landing zones. */
@ExtendWith(OutputCaptureExtension.class)
abstract class ReplayContract {
    private static final String FOLDER = "WeChat Archiver";

    @TempDir
    Path folder;

    private SmallDay day;
    private LandingZone zone;
    private RunningArchiver archiver;

    abstract LandingZone zone() throws IOException;

    @BeforeEach
    void start() throws IOException {
        day = new SmallDay(folder);
        zone = zone();
        archiver = zone.apply(day.settings()).set("archiver.sweep", 300).start();
    }

    @AfterEach
    void stop() throws IOException {
        archiver.close();
        zone.close();
        day.close();
    }

    @Test
    void whatIsMissingInTheMailboxIsDeliveredAgainWithoutTheFeedAndTheRestIsLeft(CapturedOutput log) throws Exception {
        day.message("WECHAT", "one", "Alpha");
        day.message("WECHAT", "two", "Beta");
        day.message("WECHAT", "three", "Gamma");
        RunReport before = day.run(archiver, "wechat");
        day.feed.close();
        // By now the number is somebody else's; the mailbox that was recorded counts.
        Files.writeString(
                day.home.mapping("wechat"),
                "External User ID,Microsoft 365 User Mailbox\r\n+447700900101,other@example.com\r\n");
        expunge("two");

        HttpResponse<String> answer = send("POST", "/api/runs/" + before.run().id() + "/replay");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/api/runs/" + before.run().id() + "/replay");
        assertThat(ended(before).toString())
                .contains(
                        "\"requestedBy\":\"admin\",\"items\":3,\"present\":2,\"deliveredAgain\":1,\"failed\":0,\"pending\":0");
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(3);
        assertSameCounts(before);
        String run = "un " + before.run().id();
        SmallDay.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(log)
                .contains("R" + run + " is replayed for admin: 3 items are looked for")
                .containsOnlyOnce("The replay of r" + run
                        + " has ended: 2 items were present, 1 were delivered again, 0 failed"));
        assertThat(archiver.bean(Channels.class).counts())
                .allSatisfy((channel, open) -> assertThat(open).as(channel.id()).isZero());

        assertThat(send("POST", "/api/runs/" + before.run().id() + "/replay").statusCode())
                .isEqualTo(202);
        assertThat(ended(before).path("present").asInt()).isEqualTo(3);
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(3);
    }

    @Test
    void itemsThatTheRunMetAgainAreLookedForTooAndCountedWhereTheyWere() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        RunReport first = day.run(archiver, "wechat");
        day.message("WECHAT", "two", "Beta");
        RunReport second = day.run(archiver, "wechat");
        assertThat(second.skipped()).isEqualTo(1);
        expunge("one");

        send("POST", "/api/runs/" + second.run().id() + "/replay");

        assertThat(ended(second).toString()).contains("\"items\":2,\"present\":1,\"deliveredAgain\":1");
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
        assertSameCounts(first);
        assertSameCounts(second);
    }

    @Test
    void whatTheLedgerHasLostOfTheRunIsReadFromItsPagesAndLookedFor() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        day.message("WECHAT", "two", "Beta");
        RunReport before = day.run(archiver, "wechat");
        expunge("two");
        JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
        ledger.update("delete from item");
        ledger.update("delete from message");
        Recount.of(ledger);

        assertThat(send("POST", "/api/runs/" + before.run().id() + "/replay").statusCode())
                .isEqualTo(202);

        SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(archiver.report(before.run().id()).imported()).isEqualTo(2);
            assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
        });
    }

    @Test
    void aFailureStaysInItsChannelToBeRequeuedThere() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        day.feed.add(
                "WECHAT",
                Instant.now().minusSeconds(600),
                TestBed.bytes(TestBed.text("stranger", "Nobody's")
                        .put("msisdn", "+447700900555")
                        .put("from", "+447700900555")));
        RunReport before = day.run(archiver, "wechat");
        assertThat(before.failed()).isEqualTo(1);

        send("POST", "/api/runs/" + before.run().id() + "/replay");

        assertThat(ended(before).path("items").asInt()).isEqualTo(1);
        assertThat(archiver.bean(Channels.class).list(Channel.UNMAPPED, 10, 0)).hasSize(1);
        assertSameCounts(before);
    }

    private void assertSameCounts(RunReport before) {
        RunReport now = archiver.report(before.run().id());
        assertThat(now.run().state()).isEqualTo(before.run().state());
        assertThat(now.imported()).isEqualTo(before.imported());
        assertThat(now.skipped()).isEqualTo(before.skipped());
        assertThat(now.failedByReason()).isEqualTo(before.failedByReason());
        assertThat(now.pending()).isZero();
        assertThat(now.availableForImport()).isEqualTo(before.availableForImport());
        assertThat(now.pages())
                .extracting(Page::path)
                .isEqualTo(before.pages().stream().map(Page::path).toList());
    }

    private JsonNode ended(RunReport run) {
        JsonNode[] replay = new JsonNode[1];
        SmallDay.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            replay[0] = new ObjectMapper()
                    .readTree(send("GET", "/api/runs/" + run.run().id() + "/replay")
                            .body());
            assertThat(replay[0].path("pending").asInt(-1)).isZero();
        });
        return replay[0];
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        String login = "admin:"
                + Files.readString(day.home.data().resolve("secrets/admin/password"))
                        .strip();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + archiver.port() + path))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Removes the e-mail of a message from its mailbox, as its user might. */
    private void expunge(String messageId) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.imap.host", "127.0.0.1");
        properties.put("mail.imap.port", Integer.toString(day.mail.plainPort()));
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect(SmallDay.MAILBOX, day.mail.token());
            Folder open = store.getFolder(FOLDER);
            open.open(Folder.READ_WRITE);
            int before = open.getMessageCount();
            for (Message message : open.getMessages()) {
                String[] source = message.getHeader("X-Archive-Source-Id");
                if (source != null && source[0].equals(messageId)) {
                    message.setFlag(Flags.Flag.DELETED, true);
                }
            }
            open.close(true);
            assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(before - 1);
        }
    }
}
