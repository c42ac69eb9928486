package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the routes of the error channels do, or fail to do, changes nothing of what the archiver has recorded. */
class ChannelRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HREF = "/archive/v1/attachments/film";
    private static final Map<Reason, Long> FAILED = Map.of(
            Reason.TIME_MISSING, 1L, Reason.NO_MAPPING, 1L, Reason.TEXT_TOO_LARGE, 1L, Reason.DOWNLOAD_TOO_LARGE, 1L);

    @TempDir
    Path folder;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private SmallDay day;
    private int received;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
        day.message("WECHAT", "good", "Text");
        ObjectNode malformed = text("malformed");
        malformed.remove("messageTime");
        add(malformed);
        add(text("unmapped").put("msisdn", "+447700900199").put("from", "+447700900199"));
        add(text("oversize").put("textContent", "x".repeat(60_000)));
        day.feed.attachment("film", new GeneratedContent(100_000, 1)::writeTo);
        ObjectNode film = text("film");
        film.putArray("attachment").addObject().put("name", "film.mp4").put("href", HREF);
        add(film);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "        - stop: {}\n",
                "        - choice: { when: [] }\n",
                "        - throwException: { exceptionType: java.lang.IllegalStateException, message: It fails }\n",
                "        - delay: { constant: \"600000\" }\n",
            })
    void emptiedFailingAndHangingRoutesLeaveItemsCountsAndPagesAsTheyAre(String steps) throws IOException {
        ChannelRoutes.steps(day.home, steps);
        boolean wasTold = steps.contains("{}") || steps.contains("choice");
        RunReport report;
        try (RunningArchiver archiver = settings().start()) {
            report = day.run(archiver, "wechat");

            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.imported()).isEqualTo(1);
            assertThat(report.failedByReason()).isEqualTo(FAILED);
            assertThat(report.availableForImport()).isEqualTo(5);
            assertThat(archiver.bean(Pages.class).due(10, List.of("wechat"))).isEmpty();
            assertThat(entries(archiver, report)).hasSize(4);
            day.feed.fail(1, 401, null);
            assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.FAILED);
            assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                    .hasSize(1);
            if (wasTold) {
                SmallDay.await().atMost(SOON).until(() -> ChannelRoutes.untold(archiver) == 0);
            }
        }

        ChannelRoutes.notify(day.home);
        try (RunningArchiver archiver = settings().start()) {
            SmallDay.await().atMost(SOON).until(() -> ChannelRoutes.untold(archiver) == 0);
            assertThat(ChannelRoutes.told(archiver)).hasSize(wasTold ? 0 : 5);
            assertThat(archiver.report(report.run().id()).failedByReason()).isEqualTo(FAILED);
        }
    }

    @Test
    void everyEntryThatTheRoutesMakeIsToldWithTheStateRecordedAndOnce() throws IOException {
        ChannelRoutes.notify(day.home);
        try (RunningArchiver archiver = settings().start()) {
            RunReport report = day.run(archiver, "wechat");
            day.feed.fail(1, 401, null);
            day.run(archiver, "wechat");

            SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(ChannelRoutes.reasons(archiver))
                    .containsExactlyInAnyOrder(
                            "malformed TIME_MISSING",
                            "unmapped NO_MAPPING",
                            "oversize TEXT_TOO_LARGE",
                            "undeliverable DOWNLOAD_TOO_LARGE",
                            "source SOURCE_UNAUTHORIZED"));
            SmallDay.await().atMost(SOON).until(() -> ChannelRoutes.untold(archiver) == 0);

            assertThat(day.run(archiver, "wechat").failedByReason()).isEqualTo(FAILED);
            requeued(archiver, report);
            assertThat(ChannelRoutes.told(archiver))
                    .as("met again, and requeued in vain: nothing has changed")
                    .hasSize(5);
        }
    }

    @Test
    void whatWasRecordedWhenTheArchiverDiedIsToldByTheNext() throws IOException {
        ChannelRoutes.steps(day.home, "        - stop: {}\n");
        try (RunningArchiver archiver = settings().start()) {
            day.run(archiver, "wechat");
            SmallDay.await().atMost(SOON).until(() -> ChannelRoutes.untold(archiver) == 0);
            // As if it had claimed them and told nobody.
            archiver.bean(JdbcTemplate.class)
                    .update("update channel_entry set tell_at = current_timestamp + interval '100' second");
        }
        ChannelRoutes.notify(day.home);
        try (RunningArchiver archiver = settings().start()) {
            SmallDay.await()
                    .atMost(SOON)
                    .until(() -> ChannelRoutes.told(archiver).size() == 4);
        }
    }

    @Test
    void theNotificationOfTheReadmeArrivesAtAWebhook() throws IOException {
        String readme = Files.readString(Path.of("routes/README.md"));
        String steps = readme.substring(readme.indexOf("```yaml\n", readme.indexOf("### Example: a webhook")) + 8);
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/archiver", exchange -> {
            bodies.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        ChannelRoutes.steps(
                day.home,
                steps.substring(0, steps.indexOf("```"))
                        .replace(
                                "https://hooks.example.com",
                                "http://127.0.0.1:" + hook.getAddress().getPort()));
        try (RunningArchiver archiver = settings().start()) {
            String run = day.run(archiver, "wechat").run().id();
            SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(bodies)
                    .hasSize(4)
                    .contains("POST NO_MAPPING in run " + run, "POST DOWNLOAD_TOO_LARGE in run " + run));
        } finally {
            hook.stop(0);
        }
    }

    /** To its end again. */
    private void requeued(RunningArchiver archiver, RunReport report) {
        assertThat(archiver.bean(Channels.class).requeue(Channel.UNMAPPED, List.of(), "ada"))
                .isEqualTo(1);
        SmallDay.await()
                .atMost(SOON)
                .until(() -> archiver.report(report.run().id()).pending() == 0
                        && archiver.report(report.run().id()).failedByReason().equals(FAILED)
                        && archiver.bean(Pages.class).due(10, List.of("wechat")).isEmpty());
        SmallDay.await().atMost(SOON).until(() -> ChannelRoutes.untold(archiver) == 0);
    }

    private List<Channels.Entry> entries(RunningArchiver archiver, RunReport report) {
        return archiver.bean(Channels.class).ofRun(report.run().id(), 100, 0);
    }

    private RunningArchiver.Settings settings() {
        return day.settings()
                .set("archiver.sweep", 300)
                .set("archiver.limits.item", "50KB")
                .set("archiver.telemessage.max-download", "10KB")
                .set("archiver.telemessage.retry.retries", 1)
                .set("camel.main.shutdown-timeout", 1);
    }

    private static ObjectNode text(String id) {
        return TestBed.text(id, "Text").put("msisdn", "+447700900101").put("from", "+447700900101");
    }

    private void add(ObjectNode message) {
        day.feed.add("WECHAT", now.minusSeconds(500).plusMillis(received++), TestBed.bytes(message));
    }
}
