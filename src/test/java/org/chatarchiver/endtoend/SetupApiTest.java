package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What setting a connector up asks, over HTTP, at a feed and a mail server. */
@ExtendWith(OutputCaptureExtension.class)
class SetupApiTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final String SECRET = "wizard-Secret-0815";

    @TempDir
    static Path folder;

    private static SmallDay day;
    private static RunningArchiver archiver;
    private static ApiClient api;

    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeAll
    static void start() throws IOException {
        day = new SmallDay(folder);
        day.feed.account(new FeedAccount("acme", SECRET, Set.of("SIGNAL", "TELEGRAM")));
        archiver = day.settings().start();
        api = new ApiClient(archiver);
    }

    @AfterAll
    static void stop() throws IOException {
        archiver.close();
        day.close();
    }

    @AfterEach
    void nothingSecretIsToldAndNoFileIsLeft(CapturedOutput log) throws IOException {
        assertThat(log.getAll()).doesNotContain(SECRET);
        Path uploads = day.home.data().resolve("uploads");
        if (Files.exists(uploads)) {
            try (Stream<Path> files = Files.list(uploads)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void theTermsAreAcceptedByTheirDigestAndStayAccepted() throws Exception {
        JsonNode terms = json(api.get("/api/terms"), 200);
        assertThat(terms.path("accepted").isNull()).isTrue();
        assertThat(terms.path("text").asText()).contains("Version: 1");

        String consent = "{\"sha256\":\"" + terms.path("sha256").asText() + "\"}";
        JsonNode accepted = json(api.post("/api/terms/acceptances", JSON, consent), 200);

        assertThat(accepted.path("by").asText()).isEqualTo("admin");
        assertThat(json(api.get("/api/terms"), 200).path("accepted")).isEqualTo(accepted.path("at"));
    }

    @Test
    void aLogInIsTriedAndTheNetworksOfItsAccountAreNamed() throws Exception {
        JsonNode account = json(login("acme", SECRET), 200);
        assertThat(account.path("account").asText()).isEqualTo("acme");
        assertThat(account.path("networks")).extracting(JsonNode::asText).containsExactly("SIGNAL", "TELEGRAM");

        assertThat(detail(login("acme", "wrong-" + SECRET), 422))
                .contains(day.feed.baseUrl() + "/archive/v1/account", "does not take this user name")
                .doesNotContain(SECRET);
        assertThat(detail(login("ac:me", SECRET), 422)).contains("'ac:me' has a colon");
        assertThat(detail(api.post("/api/account", JSON, "{\"username\":\"acme\"}"), 422))
                .contains("password is empty");
        assertThat(detail(api.post("/api/account", JSON, "{\"password\":\"" + SECRET + "\",\"user\":1}"), 400))
                .contains("a field user")
                .doesNotContain(SECRET);
    }

    @Test
    void aFeedInTroubleIsToldOfWithoutAWaitThatDoesNotEnd() throws Exception {
        day.feed.fault(FeedSimulator.ACCOUNT, 1, Fault.html());
        assertThat(detail(login("acme", SECRET), 502)).contains("answered 200 with a page for browsers");

        day.feed.fault(FeedSimulator.ACCOUNT, 1, new Fault.Drip(Duration.ofMillis(500)));
        long start = System.nanoTime();
        assertThat(detail(login("acme", SECRET), 502)).contains("has not answered in full within 20 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void aMappingFileIsCheckedAndItsFirstRowsAreShown() throws Exception {
        JsonNode good = json(api.post("/api/mapping/check", CSV, HEADER + "+447700900101,ann@example.com\n"), 200);

        assertThat(good.path("rows").asInt()).isEqualTo(1);
        assertThat(good.path("mailboxes").asInt()).isEqualTo(1);
        assertThat(good.path("first").get(0).path("externalUserId").asText()).isEqualTo("+447700900101");
        assertThat(good.path("first").get(0).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void aBadMappingFileIsRefusedLineByLine() throws Exception {
        JsonNode bad = json(
                api.post("/api/mapping/check", CSV, HEADER + "+447700900101,nobody\n<script>alert(1)</script>,=1\n"),
                422);

        assertThat(bad.path("detail").asText()).startsWith("The mapping file has 2 errors; mend them");
        assertThat(bad.path("errors"))
                .extracting(error -> error.path("line").asInt())
                .containsExactly(2, 3);
    }

    @Test
    void whatIsNoCsvIsNamedForWhatItIs() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("xl/workbook.xml"));
        }
        String packed = zip.toString(StandardCharsets.ISO_8859_1);
        assertThat(json(api.post("/api/mapping/check", CSV, packed), 422)
                        .at("/errors/0/reason")
                        .asText())
                .contains("ZIP archive or an Excel workbook");
        assertThat(json(api.post("/api/mapping/check", CSV, ""), 422)
                        .at("/errors/0/reason")
                        .asText())
                .contains("The file is empty");
        assertThat(detail(api.post("/api/mapping/check", JSON, "{}"), 415)).contains("text/csv");
        assertThat(detail(api.post("/api/mapping/check", CSV, "x".repeat(65 << 20)), 413))
                .contains("larger than 64 MB");
    }

    @Test
    void aMappingFileThatIsTooLargeIsHeardOutAndTheOneInUseStays() throws Exception {
        assertThat(detail(api.put("/api/connectors/wechat/mapping", CSV, "x".repeat(65 << 20)), 413))
                .contains("larger than 64 MB", "The mapping in use stays.");
    }

    @Test
    void whichMailboxesExistIsFoundOutInTheBackground() throws Exception {
        HttpResponse<String> started = api.post(
                "/api/mapping/mailboxes",
                CSV,
                HEADER + "+447700900101," + SmallDay.MAILBOX + "\n+447700900102,nobody@example.com\n");

        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String check = started.headers().firstValue("Location").orElseThrow();
        SmallDay.await().atMost(Duration.ofSeconds(30)).until(() -> !state(check)
                .equals("RUNNING"));
        JsonNode done = json(api.get(check), 200);
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
        assertThat(done.path("exist").asInt()).isEqualTo(1);
        assertThat(done.path("missing").asInt()).isEqualTo(1);
        assertThat(done.at("/first/0/mailbox").asText()).isEqualTo("nobody@example.com");
        assertThat(done.at("/first/0/line").asInt()).isEqualTo(3);
        assertThat(json(api.delete(check), 200).path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void aCheckOfManyMailboxesIsCancelledAndASecondOneIsToldOfTheFirst() throws Exception {
        String many = HEADER
                + IntStream.range(0, 20_000)
                        .mapToObj(i -> "user" + i + ",u" + i + "@example.com\n")
                        .collect(Collectors.joining());
        String check = api.post("/api/mapping/mailboxes", CSV, many)
                .headers()
                .firstValue("Location")
                .orElseThrow();

        JsonNode busy = json(api.post("/api/mapping/mailboxes", CSV, many), 409);
        assertThat(busy.path("detail").asText()).contains("'admin' has started goes on", "cancel it");
        assertThat(check).endsWith(busy.path("id").asText());

        assertThat(json(api.delete(check), 200).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(detail(api.get("/api/mapping/mailboxes/none"), 404))
                .contains("'none'", "POST /api/mapping/mailboxes");
        assertThat(detail(api.delete("/api/mapping/mailboxes/none"), 404)).contains("'none'");
    }

    private String state(String check) throws Exception {
        return json(api.get(check), 200).path("state").asText();
    }

    private HttpResponse<String> login(String user, String password) throws Exception {
        return api.post(
                "/api/account", JSON, mapper.writeValueAsString(Map.of("username", user, "password", password)));
    }

    private String detail(HttpResponse<String> answer, int status) throws IOException {
        return json(answer, status).path("detail").asText();
    }

    private JsonNode json(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return mapper.readTree(answer.body());
    }
}
