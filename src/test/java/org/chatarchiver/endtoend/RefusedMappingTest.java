package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.security.AdminPassword;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.util.HtmlUtils;

/** A mapping file that is refused while runs are on, as operators see it: in health, in the gauge, by e-mail, in the console and in what is delivered. */
class RefusedMappingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MESSAGES = 12;
    private static final String BAD = TestBed.MAPPING + "4.477E+11,ben@example.com\n";
    private static final String SENTENCE = "Line 3: The External User ID '4.477E+11' was rounded by a spreadsheet;";

    @TempDir
    Path folder;

    private EmbeddedMailServer mail;
    private GreenMail smtp;

    @BeforeEach
    void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
    }

    @AfterEach
    void stop() throws IOException {
        smtp.stop();
        mail.close();
    }

    @Test
    void whereNoneWasEverAcceptedThePagesWaitAndAreDeliveredOnceItIsMended() throws Exception {
        try (TestBed bed = bed(BAD)) {
            String run = run(bed, "waiting");
            SmallDay.await()
                    .atMost(SOON)
                    .until(() -> bed.archiver().report(run).run().landed() != null);

            assertRefused(bed, "and its pages wait until it is mended");
            RunReport waits = bed.archiver().report(run);
            assertThat(waits.run().state()).isEqualTo(Run.State.RUNNING);
            assertThat(List.of(waits.availableFromSource(), waits.imported(), waits.failed()))
                    .containsExactly((long) MESSAGES, 0L, 0L);
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isZero();
            assertTold("its pages wait");

            mend(bed);

            assertDelivered(bed, run, MESSAGES);
        }
    }

    @Test
    void whereAnotherIsInUseThePagesGoOnByItWhileTheRefusalIsSeen() throws Exception {
        try (TestBed bed = bed(TestBed.MAPPING)) {
            assertDelivered(bed, run(bed, "before"), MESSAGES);
            Files.writeString(bed.home().mapping(TestBed.WECHAT), BAD);
            assertRefused(bed, "the one in use stays");
            assertThat(console(bed))
                    .contains(HtmlUtils.htmlEscape(
                            "The mapping file of 'wechat' is refused, the one in use stays: " + SENTENCE))
                    .contains("Mend or replace <code>" + bed.home().mapping(TestBed.WECHAT) + "</code>");

            RunReport report = bed.ended(run(bed, "meanwhile"));

            assertThat(report.imported()).isEqualTo(MESSAGES);
            assertRefused(bed, "the one in use stays");
            assertTold("the one in use stays");

            mend(bed);

            assertDelivered(bed, run(bed, "after"), 3 * MESSAGES);
            assertThat(console(bed)).doesNotContain("is refused", "Mend or replace");
        }
    }

    private TestBed bed(String mapping) throws IOException {
        return TestBed.start(
                folder,
                settings -> TestBed.with(mail)
                        .apply(settings)
                        .set("archiver.alerts.to", "operator@example.com")
                        .set("archiver.alerts.from", "archiver@example.com")
                        .set("archiver.alerts.host", "127.0.0.1")
                        .set("archiver.alerts.port", smtp.getSmtp().getPort())
                        .set("archiver.alerts.security", "none")
                        .set("archiver.alerts.delay", 100)
                        .set("archiver.alerts.period", 200),
                home -> {
                    Files.writeString(home.mapping(TestBed.WECHAT), mapping);
                    // It has no mapping file, and would be seen as well.
                    Files.delete(home.routes().resolve("connectors/whatsapp.camel.yaml"));
                });
    }

    private static String run(TestBed bed, String name) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < MESSAGES; i++) {
            bed.add(window, TestBed.text(name + "-" + i, "Text"));
        }
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    /** By saving the file, as an operator does. */
    private static void mend(TestBed bed) throws IOException {
        Files.writeString(bed.home().mapping(TestBed.WECHAT), BAD.replace("4.477E+11", "+447700900142"));
    }

    private static void assertRefused(TestBed bed, String what) {
        SmallDay.await().atMost(SOON).untilAsserted(() -> {
            assertThat(health(bed).path("status").asText()).isEqualTo("DEGRADED");
            assertThat(health(bed).path("details").path("problems").path(0).asText())
                    .contains("The mapping file of 'wechat' is refused", what, SENTENCE);
            assertThat(gauge(bed)).isEqualTo("1.0");
        });
    }

    private void assertDelivered(TestBed bed, String run, int all) {
        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(List.of(report.arrived(), report.imported(), report.failed()))
                .containsExactly((long) MESSAGES, (long) MESSAGES, 0L);
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(all);
        SmallDay.await().atMost(SOON).untilAsserted(() -> {
            assertThat(health(bed).path("status").asText()).isEqualTo("UP");
            assertThat(gauge(bed)).isEqualTo("0.0");
        });
    }

    /** How the connector's card says that it stands. */
    private static String console(TestBed bed) throws IOException, InterruptedException {
        String password = bed.archiver().admin().read().value().orElseThrow();
        return ConsoleClient.of(bed.archiver().port(), AdminPassword.USERNAME, password)
                .get(ConsoleClient.CONNECTORS + "/" + TestBed.WECHAT + "/live")
                .body();
    }

    private static JsonNode health(TestBed bed) throws IOException, InterruptedException {
        String body = new ApiClient(bed.archiver()).get("/actuator/health").body();
        return new ObjectMapper().readTree(body).path("components").path("connectors");
    }

    private static String gauge(TestBed bed) throws IOException, InterruptedException {
        return new ApiClient(bed.archiver())
                .get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("archiver_mapping_refused") && line.contains("\"wechat\""))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    private void assertTold(String what) throws Exception {
        SmallDay.await().atMost(SOON).until(() -> !told().isEmpty());
        assertThat(told()).singleElement().asString().contains(what, SENTENCE);
    }

    /** The texts of the mails that tell of a mapping. */
    private List<String> told() throws Exception {
        List<String> texts = new ArrayList<>();
        for (MimeMessage message : smtp.getReceivedMessages()) {
            if (message.getSubject().contains("mapping files that cannot be used")) {
                texts.add(message.getContent().toString());
            }
        }
        return texts;
    }
}
