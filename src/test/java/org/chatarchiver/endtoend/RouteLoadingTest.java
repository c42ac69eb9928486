package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RouteLoadingTest {
    @TempDir
    private Path folder;

    private SmallDay day;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @Test
    void badConnectorFileIsLeftOutAndTheRestRuns(CapturedOutput output) throws IOException {
        edit("connectors/whatsapp.camel.yaml", "\"WHATSAPP\"", "\"ICQ\"");
        Files.delete(day.home.data().resolve("secrets/wechat/password"));
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(ids(archiver)).containsExactly("wechat");
            assertThat(output)
                    .contains("Connector left out: connectors/whatsapp.camel.yaml:7: names the unknown network");
            assertThat(archiver.bean(MeterRegistry.class)
                            .get("archiver.connectors.left_out")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            HealthEndpoint health = archiver.bean(HealthEndpoint.class);
            assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");
            assertThat(health.healthForPath("readiness").getStatus().getCode()).isEqualTo("UP");
            assertThat(health.healthForPath("liveness").getStatus().getCode()).isEqualTo("UP");
            Health connectors =
                    (Health) ((CompositeHealth) health.health()).getComponents().get("connectors");
            assertThat(connectors.getDetails().get("leftOut").toString())
                    .contains("connectors/whatsapp.camel.yaml:7: names the unknown network 'ICQ'");
            assertThat(connectors.getDetails().get("problems").toString())
                    .contains("secrets/wechat/password is missing");
            RunReport refused = day.run(archiver, "wechat");
            assertThat(refused.run().state()).isEqualTo(Run.State.FAILED);
            write("secrets/wechat/password", SmallDay.PASSWORD);
            assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.COMPLETE);
        }
    }

    @Test
    void editsCountAfterARestartAndANewNetworkIsOneFile() throws IOException {
        day.message("WECHAT", "w1", "one");
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(ids(archiver)).containsExactly("wechat", "whatsapp");
            assertThat(archiver.bean(Watermarks.class).lastScheduled("wechat")).isPresent();
            assertThat(archiver.bean(HealthEndpoint.class).health().getStatus().getCode())
                    .isEqualTo("UP");
        }
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "* * * * * ?");
        Path shipped = day.home.routes().resolve("connectors/whatsapp.camel.yaml");
        Files.writeString(
                day.home.routes().resolve("connectors/signal.camel.yaml"),
                Files.readString(shipped)
                        .replace("WhatsApp", "Signal")
                        .replace("WHATSAPP", "SIGNAL")
                        .replace("whatsapp", "signal"));
        write("secrets/signal/password", SmallDay.PASSWORD);
        write("mapping/signal.csv", Files.readString(day.home.mapping("whatsapp")));
        day.message("SIGNAL", "s1", "one");
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(ids(archiver)).containsExactly("signal", "wechat", "whatsapp");
            assertThat(day.run(archiver, "signal").imported()).isEqualTo(1);
            assertThat(day.mail.count(SmallDay.MAILBOX, "Signal Archiver")).isEqualTo(1);
            SmallDay.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> day.mail.count(SmallDay.MAILBOX, "WeChat Archiver") == 1);
            SmallDay.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(MeterNotFoundException.class)
                    .untilAsserted(() -> assertThat(archiver.bean(MeterRegistry.class)
                                    .get("archiver.watermark.age.seconds")
                                    .tag("connector", "wechat")
                                    .gauge()
                                    .value())
                            .isBetween(0.0, 120.0));
            assertThat(archiver.bean(MeterRegistry.class)
                            .get("archiver.channel.open")
                            .tag("channel", "unmapped")
                            .tag("connector", "wechat")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void scheduledTimeThatPassedWhileTheArchiverWasDownIsMadeUpForOnce() throws IOException {
        Instant start = Instant.now();
        edit("connectors/wechat.camel.yaml", SmallDay.NEVER, "0 0 * * * ?");
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(scheduled(archiver, "wechat")).isZero();
            archiver.bean(Watermarks.class).scheduled("wechat", start.minus(Duration.ofHours(5)));
            archiver.bean(Watermarks.class).scheduled("whatsapp", start.minus(Duration.ofHours(5)));
        }
        try (RunningArchiver archiver = day.settings().start()) {
            SmallDay.await().atMost(Duration.ofSeconds(30)).until(() -> scheduled(archiver, "wechat") == 1);
            assertThat(scheduled(archiver, "whatsapp")).isZero();
            assertThat(archiver.bean(Watermarks.class).lastScheduled("wechat"))
                    .hasValueSatisfying(last -> assertThat(last).isAfterOrEqualTo(start.minusSeconds(1)));
        }
    }

    @Test
    void badSharedFileStopsTheStartWithFileAndLine(CapturedOutput output) throws IOException {
        edit("sweep.camel.yaml", "method: due", "method: dew");
        edit("poll.camel.yaml", "to: direct:collect-page", "to: direct:colect-page");

        refused(output)
                .contains(
                        "poll.camel.yaml:14: sends to 'direct:colect-page', which no route listens to",
                        "sweep.camel.yaml:21: calls the method 'dew'",
                        "Where the program is of another version than these files: move the directory away");
    }

    @Test
    void sharedFileThatCamelCannotUseStopsTheStartWithFileAndLine(CapturedOutput output) throws IOException {
        edit("fetch.camel.yaml", "uri: \"{{archiver.telemessage.base-url}}\"", "uri: htp:feed");

        refused(output).contains("fetch.camel.yaml:2: route 'fetch-page'", "htp");
    }

    @Test
    void unknownStepStopsTheStartWithFileAndLine(CapturedOutput output) throws IOException {
        edit("fetch.camel.yaml", "removeHeaders:", "removeHeadrs:");

        refused(output).contains("fetch.camel.yaml:", "removeHeadrs");
    }

    @Test
    void aLongFileAsAnEditorWritesItStartsWithAWarning(CapturedOutput output) throws IOException {
        day.message("WECHAT", "w1", "one");
        Path file = day.home.routes().resolve("errors.camel.yaml");
        String more = """
                - route:
                    id: route-4711
                    from:
                      id: from-4711
                      uri: direct
                      parameters:
                        name: told
                      steps:
                        - setVariable:
                            id: setVariable-4711
                            name: own
                            expression:
                              simple:
                                id: expression-4711
                                expression: "${exchangeId}"
                """;
        String step = """
                        - setHeader:
                            id: setHeader-%d
                            name: own
                            expression:
                              simple:
                                id: expression-%d
                                expression: "${variable.own}"
                """;
        StringBuilder text = new StringBuilder(Files.readString(file)).append(more);
        for (int i = 0; i < 40; i++) {
            text.append(step.replace("%d", String.valueOf(i)));
        }
        Files.writeString(file, text);
        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(output)
                    .contains(
                            "Hard to read: errors.camel.yaml:121: has",
                            "Hard to read: errors.camel.yaml:51: has 41 steps",
                            "Hard to read: errors.camel.yaml:51: route 'route-4711' has no description");
            assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.COMPLETE);
        }
    }

    @Test
    void routesThatAreNowhereAreNamed(CapturedOutput output) {
        assertThatThrownBy(() -> day.settings()
                        .set("archiver.routes", folder.resolve("nowhere"))
                        .start())
                .isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "nowhere", "collect.camel.yaml")
                .doesNotContain("\tat ");
    }

    private org.assertj.core.api.AbstractCharSequenceAssert<?, ?> refused(CapturedOutput output) {
        assertThatThrownBy(() -> day.settings().start()).isInstanceOf(Exception.class);
        return assertThat(output.toString())
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("\tat ");
    }

    private static List<String> ids(RunningArchiver archiver) {
        return archiver.bean(Connectors.class).all().stream().map(Connector::id).toList();
    }

    private static long scheduled(RunningArchiver archiver, String connector) {
        return archiver.bean(Runs.class).list(connector, 100, "").stream()
                .filter(run -> run.cause() == Run.Cause.SCHEDULE)
                .count();
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = day.home.routes().resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void write(String name, String text) throws IOException {
        Path file = day.home.data().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
