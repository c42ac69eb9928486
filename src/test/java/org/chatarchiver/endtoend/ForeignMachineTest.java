package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One day with every kind of message, archived by two JVMs: one with this machine's own locale, time zone and charset, and one with those
 * that differ most.
 */
@RequiresProgram({"dovecot", "python3"})
class ForeignMachineTest {
    private static final List<String> FOREIGN = List.of(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.timezone=America/St_Johns",
            "-Dfile.encoding=ISO-8859-1");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z";
    private static final Pattern LOG_LINE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z) +(TRACE|DEBUG|INFO|WARN|ERROR) .*");
    private static final List<String> MAILBOXES = List.of(TestBed.ANN, TestBed.BEN);

    @TempDir
    static Path folder;

    private static FeedSimulator feed;
    private static Day own;
    private static Day foreign;

    /**
     * What is seen of a day.
     *
     * @param emails digests by mailbox and Message-ID
     * @param calls the text of each call, by the same
     * @param answers of the API by path
     * @param begun before the process was started
     */
    private record Day(
            Map<String, String> emails,
            Map<String, String> calls,
            Map<String, String> answers,
            byte[] log,
            Instant begun,
            Instant ended) {}

    @BeforeAll
    static void bothDays() throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        TestBed.Window window = new TestBed.Window(end.minus(1, ChronoUnit.HOURS), end);
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", "secret", Set.of("WECHAT")));
        feed.attachment("photo", out -> out.write("bytes by href".getBytes(StandardCharsets.US_ASCII)));
        feed.attachment("film", new GeneratedContent(11 * 1024 * 1024, 1)::writeTo);
        Instant received = window.from().plusSeconds(1);
        for (EveryKind one : EveryKind.all()) {
            MessageWriter message = MessageWriter.of(TestBed.bytes(one.message()));
            received = received.plusMillis(1);
            if (one.again()) {
                feed.addAgain("WECHAT", received, message);
            } else {
                feed.add("WECHAT", received, message);
            }
        }
        for (ObjectNode one : List.of(
                TestBed.text("time-الوقت", "x").put("messageTime", "٢٠٢٥-٠٣-٠٤T09:00:00Z"),
                TestBed.text("owner", "x").put("msisdn", "+4930123456").put("from", "+4930123456"))) {
            received = received.plusMillis(1);
            feed.add("WECHAT", received, TestBed.bytes(one));
        }
        own = day("own", List.of(), window);
        foreign = day("foreign", FOREIGN, window);
    }

    @AfterAll
    static void stop() throws Exception {
        feed.close();
    }

    @Test
    void eMailsHaveTheSameBytes() {
        assertThat(own.emails()).hasSizeGreaterThan(30);
        assertThat(foreign.emails()).isEqualTo(own.emails());
    }

    @Test
    void durationsAndTimesOfCallsAreInAsciiDigits() {
        assertThat(foreign.calls()).hasSizeGreaterThan(4).isEqualTo(own.calls());
        assertThat(foreign.calls().values())
                .anySatisfy(text -> assertThat(text).contains("Start: 2025-03-04 09:05:55 UTC", "Duration: 00:03:05"));
    }

    @Test
    void theApiGivesTheSameAnswers() {
        assertThat(own.answers()).hasEntrySatisfying("run", report -> assertThat(report)
                .contains("\"state\":\"COMPLETE\"", "\"failedByReason\":{\"TIME_INVALID\":1,\"NO_MAPPING\":1}"));
        assertThat(foreign.answers()).isEqualTo(own.answers());
    }

    @Test
    void logLinesAreInUtcAndUtf8() {
        for (Day day : List.of(own, foreign)) {
            List<String> lines = new String(day.log(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> Pattern.compile("\\b(INFO|WARN|ERROR)\\b")
                            .matcher(line)
                            .find())
                    .toList();
            assertThat(lines).hasSizeGreaterThan(10).allMatch(LOG_LINE.asMatchPredicate());
            assertThat(lines)
                    .map(line -> Instant.parse(line.split(" ")[0]))
                    .allMatch(time -> !time.isBefore(day.begun()) && !time.isAfter(day.ended()));
        }
    }

    private static Day day(String name, List<String> jvm, TestBed.Window window) throws Exception {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ArchiverHome home = ArchiverHome.create(Files.createDirectories(folder.resolve(name)))
                .connector(TestBed.WECHAT, "0 0 0 1 1 ? 2099", TestBed.MAPPING, "secret");
        Path log = home.folder().resolve("archiver.log");
        Map<String, String> answers;
        Map<String, String> emails = new TreeMap<>();
        Map<String, String> calls = new TreeMap<>();
        try (Dovecot mail = Dovecot.with(MAILBOXES).start()) {
            try (ArchiverProcess archiver = ArchiverProcess.start(
                    Stream.concat(Stream.of("-Xmx512m"), jvm.stream()).toList(),
                    home.data(),
                    settings(home, mail),
                    log)) {
                String run = archiver.run(TestBed.WECHAT, window);
                await("end of the run")
                        .atMost(Duration.ofMinutes(5))
                        .until(() -> !archiver.get(run).path("state").asText().equals("RUNNING"));
                answers = answers(archiver, run, home);
            }
            for (String mailbox : MAILBOXES) {
                for (JsonNode message :
                        PythonMailbox.byMaster(mail, mailbox, TestBed.FOLDER).messages()) {
                    String key = mailbox + " "
                            + message.path("headers").path("Message-ID").asText();
                    emails.put(
                            key,
                            message.path("sha256").asText() + " "
                                    + message.path("received").asLong());
                    if (message.path("headers").path("X-Archive-Event").asText().contains("call")) {
                        calls.put(key, message.path("plain").asText());
                    }
                }
            }
        }
        return new Day(emails, calls, answers, Files.readAllBytes(log), begun, Instant.now());
    }

    private static Map<String, String> answers(ArchiverProcess archiver, String run, ArchiverHome home)
            throws Exception {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("run", run);
        paths.put("failures", run + "/failures");
        for (String path : List.of(
                "/api/connectors",
                "/api/connectors/wechat/runs",
                "/api/channels",
                "/api/channels/malformed",
                "/api/channels/unmapped",
                "/api/channels/none",
                "/api/runs/none",
                "/api/connectors/wechat/runs?limit=many")) {
            paths.put(path, path);
        }
        String id = run.substring(run.lastIndexOf('/') + 1);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> path : paths.entrySet()) {
            answers.put(
                    path.getKey(),
                    archiver.get(path.getValue())
                            .toString()
                            .replaceAll("\\d{4}/\\d\\d/\\d\\d/" + id, "<day and run>")
                            .replace(id, "<run>")
                            .replace(home.folder().toString(), "<home>")
                            .replaceAll("\"" + TIME + "\"", "<time>"));
        }
        return answers;
    }

    private static Map<String, String> settings(ArchiverHome home, Dovecot mail) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("archiver.routes", home.routes().toString());
        settings.put("archiver.data", home.data().toString());
        settings.put("archiver.sweep", "1000");
        settings.put("archiver.sweep-runs", "1000");
        settings.put("archiver.mapping.settle", "1ms");
        settings.put("archiver.telemessage.base-url", feed.baseUrl().toString());
        settings.put("archiver.exchange.probe-mailbox", TestBed.ANN);
        settings.putAll(mail.settings());
        return settings;
    }
}
