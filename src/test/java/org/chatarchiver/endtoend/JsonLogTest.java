package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** The log in JSON: whatever is logged is one object a line, and of a run's work each line says of which connector and run, and of a page, page and trace. */
@ExtendWith(OutputCaptureExtension.class)
class JsonLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(
                folder, settings -> TestBed.with(mail).apply(settings).set("logging.structured.format.console", "ecs"));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
        // Spring Boot leaves it to whatever starts next in this JVM.
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
    }

    @Test
    void eachLineOfARunSaysOfWhich(CapturedOutput output) {
        TestBed.Window window = bed.window();
        bed.add(window, text("delivered"));
        bed.add(window, text("unmapped").put("msisdn", "+447700900199").put("from", "+447700900199"));
        bed.add(window, text("no-time").putNull("messageTime"));
        ObjectNode refused = text("attachment");
        refused.putArray("attachment").addObject().put("name", "x.pdf").put("href", "/archive/v1/attachments/none");
        bed.add(window, refused);
        bed.feed().fault(FeedSimulator.ATTACHMENTS, 5, Fault.status(500, null));

        String run = ended(bed.run(window));

        List<JsonNode> lines = lines(output);
        List<JsonNode> about = about(run, lines);
        assertThat(about).hasSizeGreaterThanOrEqualTo(5).allSatisfy(line -> {
            assertThat(line.path("run").asText()).isEqualTo(run);
            assertThat(line.path("connector").asText()).isEqualTo("wechat");
        });
        assertThat(of("asks for", about)).singleElement().satisfies(line -> assertThat(line.has("page"))
                .isFalse());
        assertThat(of("unmapped NO_MAPPING", about))
                .singleElement()
                .satisfies(line -> assertThat(line.path("page").asText()).isEqualTo("1"));
        assertThat(of("which has not landed", about))
                .singleElement()
                .satisfies(line -> assertThat(line.path("page").asText()).isEqualTo("1"));
        Set<String> traces = about.stream()
                .filter(line -> line.has("page"))
                .map(line -> line.path("traceId").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(traces).singleElement().asString().matches("[0-9a-f]{32}");
    }

    @Test
    void whatBreaksWhileAPageIsArchivedIsALineOfItsRun(CapturedOutput output) {
        TestBed.Window window = bed.window();
        bed.add(window, text("broken"));
        JdbcTemplate ledger = bed.archiver().bean(JdbcTemplate.class);
        ledger.execute("alter table item rename to item_away");
        String run;
        try {
            run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
            await().atMost(Duration.ofMinutes(1)).until(() -> of("Failed delivery for", lines(output)).stream()
                    .anyMatch(line -> line.path("run").asText().equals(run)));
        } finally {
            ledger.execute("alter table item_away rename to item");
        }
        assertThat(bed.ended(run).run().state()).isEqualTo(Run.State.COMPLETE);

        assertThat(lines(output).stream().filter(line -> line.path("process")
                        .path("thread")
                        .path("name")
                        .asText()
                        .contains("pages")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("connector").asText()).isEqualTo("wechat"));
    }

    @Test
    void whatComesFromOutsideEndsNoLineAndAddsNoField(CapturedOutput output) {
        String hostile = "\",\"run\":\"forged\"}\r\n{\"forged\":true}\u2028\\";
        TestBed.Window window = bed.window();
        bed.add(window, text("m " + hostile + Untold.FORGERY));
        bed.add(window, text("owner").put("msisdn", hostile).put("from", hostile));
        bed.add(window, text("time").put("messageTime", hostile));
        ObjectNode address = text("address").put("msisdn", "wxid_unknown").put("from", "wxid_unknown");
        address.putObject("fromEnriched").put("value", "wxid_unknown").put("userEmailAddress", hostile);
        bed.add(window, address);

        String run = ended(bed.run(window));

        List<JsonNode> lines = lines(output);
        assertThat(of("unmapped ", about(run, lines))).isNotEmpty();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.has("forged")).isFalse();
            assertThat(line.path("run").asText()).isNotEqualTo("forged");
        });
        new Untold(mail.token(), bed.archiver().admin().read().value().orElseThrow())
                .secretIn("the log", output.getAll());
    }

    private static ObjectNode text(String id) {
        return TestBed.text(id, Untold.TEXT);
    }

    /** With what the channels' routes tell of it. */
    private static String ended(RunReport report) {
        await().until(() -> ChannelRoutes.untold(bed.archiver()) == 0);
        return report.run().id();
    }

    private static List<JsonNode> about(String run, List<JsonNode> lines) {
        return lines.stream().filter(line -> line.toString().contains(run)).toList();
    }

    private static List<JsonNode> of(String words, List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.path("message").asText().contains(words))
                .toList();
    }

    /** All of what this test had printed; each is one object. */
    private static List<JsonNode> lines(CapturedOutput output) {
        return output.getOut().lines().map(JsonLogTest::object).toList();
    }

    private static JsonNode object(String line) {
        try {
            JsonNode object = JSON.readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
