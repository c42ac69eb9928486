package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever fails, and whoever logs it at the shipped levels, Camel too: no text of a message and no password is printed or told. */
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {
    private static final int TRIES = 5;

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;
    private static Untold untold;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(
                folder,
                TestBed.with(mail),
                home -> Files.writeString(home.data().resolve("secrets/wechat/password"), Untold.FEED_PASSWORD));
        bed.feed().account(new FeedAccount("ops", Untold.FEED_PASSWORD, Set.of("WECHAT")));
        untold = new Untold(mail.token(), bed.archiver().admin().read().value().orElseThrow());
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @AfterEach
    void nothingSecretIsPrintedAndNoLineIsForged(CapturedOutput output, TestInfo test) {
        untold.in(test.getDisplayName(), output.getAll());
    }

    @AfterEach
    void nothingSecretIsToldByTheApiOrTheProcess() throws Exception {
        ApiClient api = new ApiClient(bed.archiver());
        for (String path : List.of(
                "/api/connectors",
                "/api/connectors/wechat/runs",
                "/api/channels",
                "/api/channels/source",
                "/api/channels/malformed",
                "/api/channels/unmapped",
                "/api/channels/oversize",
                "/api/channels/undeliverable",
                "/actuator/health",
                "/actuator/prometheus")) {
            assertThat(api.get(path).statusCode()).isEqualTo(200);
            untold.secretIn(path, api.get(path).body());
        }
        untold.secretIn("JMX", Untold.managementBeans());
        untold.secretIn("the routes", Untold.routes(bed.archiver()));
    }

    /** To its end, and to that of what the channels' routes write into the log. */
    private static RunReport run(TestBed.Window window) {
        RunReport report = bed.run(window);
        await().until(() -> ChannelRoutes.untold(bed.archiver()) == 0);
        return report;
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500})
    void aFeedThatRefuses(int status, CapturedOutput output) {
        TestBed.Window window = filled("refusing-" + status);
        bed.feed().fail(status == 500 ? TRIES : 1, status, null);

        assertThat(run(window).run().state()).isEqualTo(Run.State.FAILED);

        assertThat(output).contains("source SOURCE_");
    }

    @Test
    void aPageThatEndsInTheMiddleOfAText(CapturedOutput output) {
        TestBed.Window window = filled("truncated");
        bed.feed().fault(TRIES, new Fault.CutContent());

        assertThat(run(window).run().reason()).isEqualTo(Reason.PAGE_TRUNCATED);

        assertThat(output).contains("PAGE_TRUNCATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>TEXT</html>",
                "TEXT",
                "\"TEXT\"",
                "{\"messages\": [{\"messageId\": \"x\", \"textContent\": \"TEXT\" TEXT",
                "{\"messages\": [{\"messageId\": \"x\", \"textContent\": \"TEXT",
                "{\"messages\": [{\"textContent\": \"\\uTEXT\"}]}",
                "{\"messages\": \"TEXT\"}",
                "{\"TEXT\": TEXT}",
                "{\"messages\": [], \"nextCursor\": {\"TEXT\": 1}}",
                "{\"messages\": [], \"totalCount\": \"TEXT\"}"
            })
    void aPageThatIsNone(String body, CapturedOutput output) {
        TestBed.Window window = filled("no-page-" + body.hashCode());
        bed.feed().fault(TRIES, Fault.body(body.replace("TEXT", Untold.TEXT)));

        assertThat(run(window).run().state()).isEqualTo(Run.State.FAILED);

        assertThat(output).contains("source PAGE_");
    }

    @Test
    void messagesThatCannotBeUnderstood(CapturedOutput output) {
        TestBed.Window window = bed.window();
        bed.add(window, text("no-time").putNull("messageTime"));
        bed.add(window, text("bad-time").put("messageTime", "yesterday " + Untold.FORGERY));
        bed.add(window, text("far-time").put("messageTime", 1_746_000_000_000_000L));
        bed.add(window, text("to-is-no-list").put("to", Untold.FORGERY));
        bed.add(window, text(""));
        ObjectNode list = text("text-is-a-list");
        list.putArray("textContent").add(Untold.TEXT);
        bed.add(window, list);
        ObjectNode object = text("text-is-an-object");
        object.putObject("textContent").put(Untold.TEXT, Untold.TEXT);
        bed.add(window, object);
        bed.add(window, text("x".repeat(1_001)));
        bed.add(window, text("attachment-is-none").put("attachment", Untold.FILE));
        bed.add(window, ("\"" + Untold.TEXT + "\"").getBytes(StandardCharsets.UTF_8));

        RunReport report = run(window);

        assertThat(bed.entries(Channel.MALFORMED, report)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(output).contains("malformed TIME_MISSING", "malformed TIME_INVALID", "malformed FIELD_TYPE_WRONG");
        saysNothing(report);
    }

    @Test
    void valuesFromOutsideThatWouldForgeALine(CapturedOutput output) {
        TestBed.Window window = bed.window();
        bed.add(window, text("m " + Untold.FORGERY));
        bed.add(window, text("owner").put("msisdn", Untold.FORGERY).put("from", Untold.FORGERY));
        bed.add(window, text("context").put("messageContext", Untold.FORGERY));
        ObjectNode address = text("address").put("msisdn", "wxid_unknown").put("from", "wxid_unknown");
        address.putObject("fromEnriched").put("value", "wxid_unknown").put("userEmailAddress", Untold.FORGERY);
        bed.add(window, address);
        bed.add(window, file("file", Untold.FORGERY + ".txt", Untold.FORGERY, Untold.FILE));
        ObjectNode href = text("href");
        href.putArray("attachment").addObject().put("name", "x").put("href", "/" + Untold.FORGERY);
        bed.add(window, href);
        bed.feed().fault(1, new Fault.WrongTotal(1));

        RunReport report = run(window);

        assertThat(output).contains("unmapped NO_MAPPING", "'\\r\\nFORGED\\u2028");
        saysNothing(report);
    }

    @Test
    void aRedirectToALongAddress(CapturedOutput output) {
        TestBed.Window window = filled("redirected");
        bed.feed().fault(1, Fault.redirect("https://elsewhere.example.invalid/\t" + Untold.LONG));

        assertThat(run(window).run().reason()).isEqualTo(Reason.SOURCE_REDIRECT);

        assertThat(output).contains("source SOURCE_REDIRECT");
    }

    @Test
    void anAttachmentThatCannotBeHad(CapturedOutput output) {
        TestBed.Window window = bed.window();
        ObjectNode message = text("attachment-refused");
        message.putArray("attachment").addObject().put("name", "x.pdf").put("href", "/archive/v1/attachments/refused");
        bed.feed().attachment("refused", out -> out.write(Untold.FILE.getBytes(StandardCharsets.UTF_8)));
        bed.feed().fault(FeedSimulator.ATTACHMENTS, TRIES, Fault.status(500, null));
        bed.add(window, message);
        bed.add(window, file("no-base64", "x.bin", "text/plain", Untold.FILE + " is *not* base64"));

        RunReport report = run(window);

        assertThat(report.partiallyImported()).isEqualTo(1);
        assertThat(output).contains("attachment");
        saysNothing(report);
    }

    @Test
    void manyAttachmentsThatCannotBeHadAreALineOfTheRun(CapturedOutput output) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < 12; i++) {
            ObjectNode message = text("many-refused-" + i);
            message.putArray("attachment")
                    .addObject()
                    .put("name", "x.pdf")
                    .put("href", "/archive/v1/attachments/many-" + i);
            bed.add(window, message);
        }
        bed.feed().fault(FeedSimulator.ATTACHMENTS + "many", 24, Fault.status(400, null));

        // Dry, so that it fails what else would wait.
        RunReport report = bed.run(window, true);

        assertThat(report.failedByReason()).containsEntry(Reason.ATTACHMENT_UNAVAILABLE, 12L);
        assertThat(bed.feed().faultsLeft())
                .as("asked for on landing and on archiving")
                .isZero();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("attachment")))
                .singleElement()
                .asString()
                .contains("in run " + report.run().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"item", "page", "channel_entry", "message"})
    void aLedgerThatBreaksInTheMiddleOfARun(String table, CapturedOutput output) {
        TestBed.Window window = filled("broken-" + table);
        bed.add(window, text("unmapped-" + table).put("msisdn", "+447700900199").put("from", "+447700900199"));
        JdbcTemplate ledger = bed.archiver().bean(JdbcTemplate.class);
        bed.feed().fail(1, 503, "2");
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
        ledger.execute("alter table " + table + " rename to " + table + "_away");
        try {
            // Not one of the timers, which break too while the run still waits for the feed.
            String broken = table.equals("page")
                    ? "Run " + run + " failed unexpectedly"
                    : "seda://pages\\] .*Failed delivery for";
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(output.getAll()).containsPattern(broken));
        } finally {
            ledger.execute("alter table " + table + "_away rename to " + table);
        }

        assertThat(output).contains("BadSqlGrammarException", "\tat ");
        assertThat(bed.ended(run).run().state())
                .isEqualTo(table.equals("page") ? Run.State.FAILED : Run.State.COMPLETE);
    }

    @Test
    void aMailServerThatGoesDownDuringDelivery(CapturedOutput output) throws IOException {
        Path other = Files.createDirectories(folder.resolve("outage"));
        EmbeddedMailServer leaving = new EmbeddedMailServer(0, other.resolve("mail"));
        Untold token = new Untold(leaving.token(), "");
        try (TestBed second = TestBed.start(other, TestBed.with(leaving))) {
            TestBed.Window before = second.window();
            second.add(before, text("before-the-outage"));
            assertThat(second.run(before).imported()).isEqualTo(1);
            TestBed.Window window = second.window();
            second.add(window, file("during-the-outage", "x.txt", "text/plain", "eA=="));
            leaving.close();

            second.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

            await().atMost(Duration.ofMinutes(2)).until(() -> second.items("during-the-outage").values().stream()
                    .anyMatch(item -> item.reason() == Reason.DESTINATION_UNAVAILABLE));
        }
        token.in("the log", output.getAll());
    }

    @Test
    void aMappingFileWithBadRows(CapturedOutput output) throws Exception {
        ApiClient api = new ApiClient(bed.archiver());
        String csv = TestBed.MAPPING + "\"x" + Untold.FORGERY + "\",nobody\n" + Untold.LONG + ",x\n";

        HttpResponse<String> answer = api.put("/api/connectors/wechat/mapping", "text/csv", csv);

        assertThat(answer.statusCode()).isEqualTo(422);
        untold.inProblem("the answer", answer.body());
        Path file = bed.home().mapping(TestBed.WECHAT);
        Files.writeString(file, csv);
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(output.getAll())
                    .contains("The mapping file of 'wechat' is refused"));
        } finally {
            Files.writeString(file, TestBed.MAPPING);
        }
    }

    @Test
    void aWrongLogInAtTheApi() throws Exception {
        ApiClient api = new ApiClient(bed.archiver());
        for (String user : List.of("admin", "nobody", "admin\r\nFORGED", Untold.LONG)) {
            HttpResponse<String> answer = api.get("/api/channels", user, Untold.WRONG_PASSWORD);
            assertThat(answer.statusCode()).isEqualTo(401);
            untold.inProblem("the answer", answer.body());
        }
    }

    @Test
    void requestsThatAreNone() throws Exception {
        ApiClient api = new ApiClient(bed.archiver());
        for (String body : List.of(
                Untold.TEXT, "{\"dryRun\": \"" + Untold.TEXT + "\"}", "{\"from\": \"" + Untold.TEXT + "\"}", "[")) {
            HttpResponse<String> answer = api.post("/api/connectors/wechat/runs", "application/json", body);
            assertThat(answer.statusCode()).isEqualTo(400);
            untold.inProblem("the answer to " + body, answer.body());
        }
        for (String path : List.of(
                "/api/runs/x%0D%0AFORGED" + Untold.LONG,
                "/api/connectors/x%0D%0AFORGED" + Untold.LONG + "/runs",
                "/api/channels/x%1B%5B2J" + Untold.LONG,
                "/api/channels/unmapped?after=x%0D%0AFORGED" + Untold.LONG)) {
            HttpResponse<String> answer = api.get(path);
            assertThat(answer.statusCode()).isBetween(400, 404);
            untold.inProblem("the answer to " + path, answer.body());
        }
    }

    private static void saysNothing(RunReport report) {
        List.of(Channel.values())
                .forEach(channel -> bed.entries(channel, report).forEach(entry -> {
                    untold.in("an entry of " + channel, entry.detail());
                    assertThat(entry.detail().chars().noneMatch(Character::isISOControl))
                            .isTrue();
                }));
    }

    private static TestBed.Window filled(String name) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < 3; i++) {
            bed.add(window, text(name + i));
            bed.add(window, file(name + "-file" + i, "x.txt", "text/plain", Untold.FILE_BASE64));
        }
        return window;
    }

    private static ObjectNode text(String id) {
        return TestBed.text(id, Untold.TEXT).put("subject", Untold.TEXT).put("previousText", Untold.TEXT);
    }

    private static ObjectNode file(String id, String name, String type, String content) {
        ObjectNode message = text(id);
        message.putArray("attachment")
                .addObject()
                .put("name", name)
                .put("contentType", type)
                .put("content", content);
        return message;
    }
}
