package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks in an archiver at work: the virus scanner as {@code routes/README.md} has it, and a rule for messages. */
class HooksDayTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RULE = """
            - filter:
                simple: "${body.text} contains 'not for the archive'"
                steps:
                  - setVariable:
                      name: refuse
                      constant: marked so
            """;

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static ScannerStub scanner;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        scanner = new ScannerStub();
        bed = TestBed.start(
                folder,
                settings -> TestBed.with(mail).apply(settings).set("virus-scanner", scanner.url()),
                HooksDayTest::prepare);
    }

    private static void prepare(ArchiverHome home) throws IOException {
        Path file = home.routes().resolve("hooks.camel.yaml");
        String hooks = Files.readString(file);
        String message = hooks.substring(0, hooks.indexOf("- route:", 1));
        Files.writeString(
                file,
                message.substring(0, message.indexOf("        - choice:")) + RULE.indent(8) + "\n"
                        + ScannerStub.example());
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        scanner.close();
        mail.close();
    }

    @Test
    void whatTheScannerFindsIsLeftOutWithANoteAndStaysInTheLandingZone() throws Exception {
        TestBed.Window window = bed.window();
        bed.feed().attachment("clean-1", out -> out.write(bytes("clean by href")));
        bed.feed().attachment("bad-1", out -> out.write(bytes("a virus by href")));
        add(window, "both", byHref("clean-1"), byHref("bad-1"));
        add(window, "inline", inline("a virus inline"));
        add(window, "clean", inline("clean inline"));
        int before = mail.emails(TestBed.ANN, TestBed.FOLDER).size();

        RunReport report = bed.run(window);

        assertThat(report.partiallyImported()).isEqualTo(2);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(bed.items("both").get(TestBed.ANN).reason()).isEqualTo(Reason.ATTACHMENT_REFUSED);
        assertThat(scanner.seen()).contains("clean by href", "a virus by href", "a virus inline", "clean inline");
        List<String> emails = mail.emails(TestBed.ANN, TestBed.FOLDER);
        assertThat(emails.subList(before, emails.size()))
                .hasSize(3)
                .filteredOn(email -> email.contains("refused when it was inspected (virus Stub-Virus)"))
                .hasSize(2);
        assertThat(String.join("", emails))
                .contains(base64("clean by href"), base64("clean inline"))
                .doesNotContain(base64("a virus by href"), base64("a virus inline"));
        assertThat(landed(report, "bad-1")).isEqualTo("a virus by href");
    }

    @Test
    void whileTheScannerIsDownWhatItIsToSeeWaitsAndNothingElse() throws Exception {
        TestBed.Window window = bed.window();
        add(window, "waits-clean", inline("clean for later"));
        add(window, "waits-bad", inline("a virus for later"));
        bed.add(window, TestBed.text("no-file", "Without a file"));
        scanner.down();
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON)
                .until(() -> state("no-file") == ItemState.IMPORTED && state("waits-bad") == ItemState.RETRY);
        assertThat(bed.items("waits-clean").get(TestBed.ANN)).satisfies(item -> {
            assertThat(item.state()).isEqualTo(ItemState.RETRY);
            assertThat(item.reason()).isEqualTo(Reason.INSPECTION_FAILED);
            assertThat(item.detail()).contains("inspect-attachment", "'file.bin'");
        });
        assertThat(mail.emails(TestBed.ANN, TestBed.FOLDER)).noneMatch(email -> email.contains("for later"));
        scanner.up();

        RunReport report = bed.ended(run);

        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.partiallyImported()).isEqualTo(1);
        assertThat(scanner.seen()).containsOnlyOnce("clean for later", "a virus for later");
        assertThat(String.join("", mail.emails(TestBed.ANN, TestBed.FOLDER)))
                .contains(base64("clean for later"))
                .doesNotContain(base64("a virus for later"));
    }

    @Test
    void aMessageThatIsRefusedIsMalformedAndARequeueInspectsItAgain() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("refused", "This is not for the archive."));
        bed.add(window, TestBed.text("taken", "This is."));

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.failedByReason()).isEqualTo(Map.of(Reason.MESSAGE_REFUSED, 1L));
        assertThat(report.imported()).isEqualTo(1);
        Channels.Entry entry = bed.entries(Channel.MALFORMED, report).get(0);
        assertThat(entry.messageId()).isEqualTo("refused");
        assertThat(bed.items("refused").get(TestBed.ANN).detail())
                .isEqualTo("The route inspect-message refused it: marked so");

        int requeued = bed.archiver().bean(Channels.class).requeue(Channel.MALFORMED, List.of(entry.id()), "ann");

        assertThat(requeued).isEqualTo(1);
        await().atMost(SOON).until(() -> state("refused") == ItemState.FAILED);
        assertThat(bed.entries(Channel.MALFORMED, report)).hasSize(1);
    }

    @Test
    void whatIsDeliveredAgainIsInspectedAgain() throws Exception {
        TestBed.Window window = bed.window();
        add(window, "replayed", inline("clean twice"));
        RunReport report = bed.run(window);
        mail.empty(TestBed.ANN, TestBed.FOLDER);

        new ApiClient(bed.archiver()).post("/api/runs/" + report.run().id() + "/replay", "application/json", "");

        await().atMost(SOON).until(() -> mail.count(TestBed.ANN, TestBed.FOLDER) == 1);
        assertThat(scanner.seen()).filteredOn("clean twice"::equals).hasSize(2);
    }

    @Test
    void aDryRunInspectsToo() {
        TestBed.Window window = bed.window();
        add(window, "dry", inline("a virus in a dry run"));

        assertThat(bed.run(window, true).partiallyImported()).isEqualTo(1);
    }

    private static String landed(RunReport report, String id) throws IOException {
        Landings landings = bed.archiver().bean(Landings.class);
        LandingPath run = LandingPath.containing(
                bed.archiver().bean(Pages.class).of(report.run().id()).get(0).path());
        AttachmentPointer pointer = landings.attachment(run, href(id)).orElseThrow();
        return new String(landings.open(pointer).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ItemState state(String id) {
        Item item = bed.items(id).get(TestBed.ANN);
        return item == null ? null : item.state();
    }

    private static void add(TestBed.Window window, String id, ObjectNode... attachments) {
        ObjectNode message = TestBed.text(id, "With a file");
        message.putArray("attachment").addAll(List.of(attachments));
        bed.add(window, message);
    }

    private static ObjectNode byHref(String id) {
        return TestBed.json("{\"name\":\"file.bin\"}").put("href", href(id));
    }

    private static ObjectNode inline(String text) {
        return TestBed.json("{\"name\":\"file.bin\"}").put("content", base64(text));
    }

    private static String href(String id) {
        return FeedSimulator.ATTACHMENTS + id;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
