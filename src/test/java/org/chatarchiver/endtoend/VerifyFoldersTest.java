package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chatarchiver.ChatArchiver;
import org.chatarchiver.routing.VerifyCommand;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Somebody works in a mailbox by IMAP, past the archiver, and a verification names what he has done. */
@RequiresProgram("dovecot")
class VerifyFoldersTest {
    private static final String BENS = TestBed.MAPPING + "+447700900142," + TestBed.BEN + "\n";
    private static final String BESIDE = "<ffeeddccbbaa99887766554433221100ffeeddcc@chat-archiver.invalid>";
    private static final String FOREIGN = "<00112233445566778899aabbccddeeff00112233@chat-archiver.invalid>";

    @Test
    void whatIsThereTwiceOrIsNoneOfTheLedgersAndWhatWasMovedAreNamed(@TempDir Path folder) throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN, TestBed.BEN);
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            UnaryOperator<RunningArchiver.Settings> servers =
                    settings -> TestBed.byMaster(mail).apply(settings).on(postgres);
            try (TestBed bed = TestBed.start(
                    folder, servers, home -> home.connector(TestBed.WECHAT, "0 0 0 1 1 ? 2099", BENS, "feed-secret"))) {
                TestBed.Window window = tamper(mail, bed);
                // Beside the archiver that runs.
                commandIsTold(
                        window,
                        servers.apply(new RunningArchiver.Settings(bed.home(), bed.feed()))
                                .arguments());
                mailboxOfTheMappingThatIsNotThereIsNamed(bed.archiver(), window);
            }
        }
    }

    /** Of a period, and of a run alone it is not read. */
    private static void mailboxOfTheMappingThatIsNotThereIsNamed(RunningArchiver archiver, TestBed.Window window)
            throws Exception {
        ApiClient api = new ApiClient(archiver);
        assertThat(api.put("/api/connectors/wechat/mapping", "text/csv", BENS + "+447700900143,gone@example.com\n")
                        .statusCode())
                .isEqualTo(200);
        String period = "?connector=wechat&from=" + window.from() + "&to=" + window.to();
        assertThat(api.post(
                                "/api/verify",
                                "application/json",
                                "{\"from\":\"" + window.from() + "\",\"to\":\"" + window.to() + "\"}")
                        .statusCode())
                .isEqualTo(202);
        SmallDay.await()
                .until(() -> Verified.counts(api.get("/api/verify" + period).body())
                        .at("/runs/0/state")
                        .asText()
                        .equals("ENDED"));
        JsonNode run = Verified.counts(api.get("/api/verify" + period).body()).at("/runs/0");
        assertThat(run.at("/counts/UNKNOWN_ITEM").asInt()).isEqualTo(2);
        assertThat(run.at("/counts/MAILBOX_UNREACHABLE").asInt()).isEqualTo(1);
        assertThat(run.at("/progress/mailboxes").asInt()).isEqualTo(3);
        JsonNode found = Verified.counts(
                api.get("/api/runs/" + run.get("run").asText() + "/verify").body());
        assertThat(Verified.first(found, "MAILBOX_UNREACHABLE").get("mailbox").asText())
                .isEqualTo("gone@example.com");
    }

    private static void commandIsTold(TestBed.Window window, List<String> settings) throws Exception {
        Command alone = Command.of(window, settings);
        assertThat(alone.exit()).as(alone.toString()).isEqualTo(1);
        assertThat(alone.out())
                .contains(
                        "UNKNOWN_ITEM run ",
                        FOREIGN + ": An e-mail in",
                        BESIDE + ": An e-mail in",
                        "DOUBLED run ",
                        "MOVED_OR_DELETED run ")
                .contains("There are differences.")
                .doesNotContain("Text of");
        assertThat(alone.progress()).contains("Run 1 of 1", "items 7 of 7; differences: 5");

        TestBed.Window before = new TestBed.Window(window.from().minusSeconds(3_600), window.from());
        Command json = Command.of(before, settings, "--json", "--connector=wechat");
        assertThat(json.exit()).as(json.toString()).isZero();
        assertThat(Verified.counts(json.out()).at("/runs/0/state").asText()).isEqualTo("SAME");

        assertThat(Command.of(before, settings, "--connector=nobody").progress())
                .contains("There is no run of nobody");
        assertThat(Command.of(null, settings).progress()).contains("Usage: verify");
        List<String> withoutLedger = settings.stream()
                .map(setting -> setting.startsWith("--spring.datasource.url=")
                        ? "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"
                        : setting)
                .toList();
        Command none = Command.of(before, withoutLedger, "--spring.datasource.hikari.connection-timeout=1000");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.progress()).contains("error: The ledger (spring.datasource.url");
    }

    /** @return the window of the run that has been tampered with */
    private static TestBed.Window tamper(Dovecot mail, TestBed bed) throws Exception {
        TestBed.Window window = bed.window();
        for (int i = 0; i < 6; i++) {
            bed.add(
                    window,
                    TestBed.text("m" + i, "Text of " + i)
                            .put(
                                    "messageTime",
                                    window.from().plusSeconds(60 + i).toString()));
        }
        // Far from the window.
        bed.add(window, TestBed.text("late", "Text that came late"));
        // Of another run, in the same folder: it is not this run's affair, and no stranger.
        TestBed.Window earlier = bed.window();
        bed.add(
                earlier,
                TestBed.text("other", "Text of another run")
                        .put("messageTime", window.from().plusSeconds(90).toString()));
        bed.run(earlier);
        String run = bed.run(window).run().id();
        JsonNode clean = Verified.of(bed.archiver(), run);
        assertThat(clean.get("differences")).isEmpty();
        assertThat(clean.at("/progress/mailboxesDone").asInt()).isEqualTo(1);
        assertThat(clean.at("/progress/itemsDone").asInt()).isEqualTo(7);

        String moved;
        try (Store store = ByImap.store(mail, TestBed.ANN)) {
            Folder archive = store.getFolder(TestBed.FOLDER);
            archive.open(Folder.READ_WRITE);
            Message[] all = archive.getMessages();
            archive.appendMessages(new Message[] {ByImap.copy(all[1], null)});
            archive.appendMessages(new Message[] {ByImap.copy(named(all, "Text that came late"), null)});
            archive.appendMessages(new Message[] {ByImap.copy(all[2], FOREIGN)});
            archive.appendMessages(new Message[] {ByImap.copy(all[2], "<somebody@else.example>")});
            moved = all[3].getHeader("Message-ID")[0];
            Folder other = store.getFolder("Elsewhere");
            other.create(Folder.HOLDS_MESSAGES);
            archive.copyMessages(new Message[] {all[3]}, other);
            beside(mail, all[3]);
            all[3].setFlag(Flags.Flag.DELETED, true);
            archive.close(true);
        }

        JsonNode found = Verified.of(bed.archiver(), run);

        assertThat(found.get("counts"))
                .isEqualTo(Verified.counts("{\"MOVED_OR_DELETED\":1,\"DOUBLED\":2,\"UNKNOWN_ITEM\":1}"));
        JsonNode unknown = Verified.first(found, "UNKNOWN_ITEM");
        assertThat(unknown.get("messageId").asText()).isEqualTo(FOREIGN);
        assertThat(unknown.get("mailbox").asText()).isEqualTo(TestBed.ANN);
        assertThat(unknown.get("sentence").asText()).contains(TestBed.FOLDER, "knows nothing of it");
        JsonNode gone = Verified.first(found, "MOVED_OR_DELETED");
        assertThat(gone.get("messageId").asText()).isEqualTo(moved);
        assertThat(Verified.first(found, "DOUBLED").get("sentence").asText()).contains("more than once");
        assertThat(found.toString()).doesNotContain("Text of");
        return window;
    }

    /** Filed where nothing was delivered. */
    private static void beside(Dovecot mail, Message message) throws Exception {
        try (Store store = ByImap.store(mail, TestBed.BEN)) {
            Folder folder = store.getFolder(TestBed.FOLDER);
            folder.create(Folder.HOLDS_MESSAGES);
            folder.appendMessages(new Message[] {ByImap.copy(message, BESIDE)});
        }
    }

    /** As somebody calls it who has neither a console nor the API. */
    private record Command(int exit, String out, String progress) {
        static Command of(TestBed.Window window, List<String> settings, String... options) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream progress = new ByteArrayOutputStream();
            List<String> arguments = new ArrayList<>(List.of(VerifyCommand.NAME));
            if (window != null) {
                arguments.addAll(List.of("--from=" + window.from(), "--to=" + window.to()));
            }
            arguments.addAll(List.of(options));
            arguments.addAll(settings);
            int exit = VerifyCommand.run(
                    ChatArchiver.class,
                    arguments.toArray(String[]::new),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(progress, true, StandardCharsets.UTF_8));
            return new Command(exit, out.toString(StandardCharsets.UTF_8), progress.toString(StandardCharsets.UTF_8));
        }
    }

    /** The command is quiet, and what runs in this process behind it is to be heard. */
    @AfterEach
    void loudAgain() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private static Message named(Message[] all, String text) throws MessagingException, IOException {
        for (Message message : all) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            message.writeTo(content);
            if (content.toString(StandardCharsets.UTF_8).contains(text)) {
                return message;
            }
        }
        throw new AssertionError("no e-mail with " + text);
    }
}
