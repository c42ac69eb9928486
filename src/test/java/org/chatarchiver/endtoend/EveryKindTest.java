package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of message, read back from a real server by other programs than the archiver's own, header by header. */
@RequiresProgram({"dovecot", "python3"})
class EveryKindTest {
    private static final List<String> MAILBOXES = List.of(TestBed.ANN, TestBed.BEN);
    private static final GeneratedContent FILM = new GeneratedContent(11 * 1024 * 1024, 1);

    @TempDir
    Path folder;

    @Test
    void everyKindIsReadBackAsWrittenThroughTheMasterUser() throws Exception {
        try (Dovecot mail = Dovecot.with(MAILBOXES).start();
                TestBed bed = TestBed.start(folder, TestBed.byMaster(mail))) {
            everyKindIsReadBackAsWritten(bed, mailbox -> PythonMailbox.byMaster(mail, mailbox, TestBed.FOLDER));
        }
    }

    @Test
    void everyKindIsReadBackAsWrittenThroughATokenAndWithoutMultiAppend() throws Exception {
        try (Dovecot mail = Dovecot.with(MAILBOXES).withoutMultiAppend().start();
                TestBed bed = TestBed.start(folder, TestBed.byToken(mail))) {
            everyKindIsReadBackAsWritten(bed, mailbox -> PythonMailbox.byToken(mail, mailbox, TestBed.FOLDER));
        }
    }

    private interface Reader {
        PythonMailbox read(String mailbox) throws Exception;
    }

    private static void everyKindIsReadBackAsWritten(TestBed bed, Reader reader) throws Exception {
        List<EveryKind> all = EveryKind.all();
        TestBed.Window window = bed.window();
        bed.feed().attachment("photo", out -> out.write("bytes by href".getBytes("US-ASCII")));
        bed.feed().attachment("film", FILM::writeTo);
        for (EveryKind one : all) {
            if (one.again()) {
                bed.addAgain(window, one.message());
            } else {
                bed.add(window, one.message());
            }
        }
        RunReport report = bed.run(window);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.failed()).isZero();
        assertThat(report.partiallyImported()).isEqualTo(1);
        assertThat(report.imported())
                .isEqualTo(all.stream()
                                .mapToInt(one -> one.texts("mailboxes").size())
                                .sum()
                        - 1);
        Page page = report.pages().get(0);
        assertThat(page.sha256()).isEqualTo(landedDigest(bed, page));

        SoftAssertions softly = new SoftAssertions();
        for (String mailbox : MAILBOXES) {
            PythonMailbox read = reader.read(mailbox);
            List<EveryKind> expected = all.stream()
                    .filter(one -> one.texts("mailboxes").contains(mailbox))
                    .toList();
            assertThat(read.folders().has(TestBed.FOLDER)).isTrue();
            assertThat(read.messages().stream()
                            .map(m -> m.path("headers").path("Message-ID").asText()))
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(one -> messageId(bed, one)).toList());
            for (EveryKind one : expected) {
                JsonNode message = read.messages().stream()
                        .filter(m -> header(m, "Message-ID").equals(messageId(bed, one)))
                        .findFirst()
                        .orElseThrow();
                isAsWritten(softly, one, message, page.sha256());
            }
        }
        softly.assertAll();
    }

    private static void isAsWritten(SoftAssertions softly, EveryKind one, JsonNode message, String page)
            throws Exception {
        String id = one.id() + ": ";
        softly.assertThat(texts(message.path("flags")))
                .as(id + "flags")
                .contains("\\Seen")
                .doesNotContain("\\Draft");
        softly.assertThat(message.path("received").asLong())
                .as(id + "received")
                .isEqualTo(ZonedDateTime.parse(one.text("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toEpochSecond());
        softly.assertThat(texts(message.path("names")))
                .as(id + "no header twice")
                .doesNotHaveDuplicates();
        softly.assertThat(texts(message.path("defects"))).as(id + "defects").isEmpty();
        softly.assertThat(message.path("longestLine").asInt())
                .as(id + "longest line")
                .isLessThanOrEqualTo(998);
        softly.assertThat(message.path("bareLineEnds").asInt())
                .as(id + "bare line ends")
                .isZero();
        headers(softly, one, message, page);
        body(softly, one, message);
        softly.assertThat(files(message)).as(id + "files").isEqualTo(expectedFiles(one));
    }

    private static void headers(SoftAssertions softly, EveryKind one, JsonNode message, String page) {
        String id = one.id() + ": ";
        softly.assertThat(texts(message.path("from"))).as(id + "From").containsExactly(one.text("from"));
        softly.assertThat(texts(message.path("to"))).as(id + "To").isEqualTo(one.texts("to"));
        List<String> about =
                one.texts("about").stream().map(EveryKindTest::firstMessageId).toList();
        List<String> references = new ArrayList<>(List.of(hashed(TestBed.WECHAT, one.text("conversation"))));
        references.addAll(about);
        List<List<String>> headers = List.of(
                List.of("Date", one.text("date")),
                List.of("Subject", one.text("subject")),
                List.of("References", String.join(" ", references)),
                List.of("In-Reply-To", String.join(" ", about)),
                List.of("MIME-Version", "1.0"),
                List.of("Content-Class", "urn:content-class:custom.WeChatArchiver"),
                List.of("X-Archive-Version", "1"),
                List.of("X-Archive-Connector", "WeChat Archiver"),
                List.of("X-Archive-Network", "WECHAT"),
                List.of("X-Archive-Source-Id", one.id()),
                List.of("X-Archive-Conversation", one.text("conversation")),
                List.of("X-Archive-Owner", "+447700900123"),
                List.of("X-Archive-Direction", one.text("direction")),
                List.of("X-Archive-Event", one.text("event")),
                List.of("X-Archive-Page-SHA256", page),
                List.of("X-Archive-Dropped", one.text("dropped")));
        for (List<String> header : headers) {
            softly.assertThat(header(message, header.get(0)))
                    .as(id + header.get(0))
                    .isEqualTo(header.get(1));
        }
    }

    private static void body(SoftAssertions softly, EveryKind one, JsonNode message) {
        String id = one.id() + ": ";
        String plain = message.path("plain").asText();
        if (one.expected().has("text")) {
            softly.assertThat(plain).as(id + "text").isEqualTo(one.text("text"));
        }
        for (String part : one.texts("body")) {
            softly.assertThat(plain).as(id + "body").contains(part);
        }
        softly.assertThat(texts(message.path("types"))).as(id + "parts").contains("multipart/alternative", "text/html");
        softly.assertThat(texts(message.path("types")).get(0))
                .as(id + "form")
                .isEqualTo(one.files().isEmpty() ? "multipart/alternative" : "multipart/mixed");
        softly.assertThat(message.path("html").asText())
                .as(id + "html")
                .doesNotContain("<script", "http://", "https://", "<b>&amp;</b>")
                .contains(one.id().equals("c-2") ? "&lt;b&gt;&amp;amp;&lt;/b&gt;" : "</html>");
        String notes = String.join("\n", texts(message.path("notes")));
        for (String named : one.texts("note")) {
            softly.assertThat(notes).as(id + "note").contains(named.equals("@film") ? FILM.sha256() : named);
        }
        softly.assertThat(message.path("notes").size())
                .as(id + "notes")
                .isEqualTo(one.texts("note").isEmpty() ? 0 : 1);
    }

    private static List<String> files(JsonNode message) {
        return all(message.path("files"))
                .map(file -> file.path("name").asText() + " "
                        + file.path("type").asText() + " " + file.path("sha256").asText())
                .toList();
    }

    private static List<String> expectedFiles(EveryKind one) {
        return all(one.files())
                .map(file ->
                        file.path("name").asText() + " " + file.path("type").asText() + " "
                                + Hashes.sha256(file.path("content").asText()))
                .toList();
    }

    private static String messageId(TestBed bed, EveryKind one) {
        return one.again() ? hashed(TestBed.WECHAT, one.id(), revision(bed, one.id())) : firstMessageId(one.id());
    }

    private static String firstMessageId(String id) {
        return hashed(TestBed.WECHAT, id);
    }

    private static String revision(TestBed bed, String id) {
        return bed.archiver().bean(Items.class).recall(TestBed.WECHAT, List.of(id)).get(id).stream()
                .map(Items.Known::revision)
                .filter(revision -> revision.number() == 1)
                .findFirst()
                .orElseThrow()
                .digest();
    }

    private static String hashed(String... parts) {
        return "<" + Hashes.sha256(String.join("\n", parts)).substring(0, 40) + "@chat-archiver.invalid>";
    }

    private static String landedDigest(TestBed bed, Page page) throws Exception {
        Path file = bed.home().data().resolve("landing").resolve(page.path());
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Hashes.hex(in.readAllBytes());
        }
    }

    private static String header(JsonNode message, String name) {
        return message.path("headers").path(name).asText();
    }

    private static List<String> texts(JsonNode list) {
        return all(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> all(JsonNode list) {
        List<JsonNode> nodes = new ArrayList<>();
        list.forEach(nodes::add);
        return nodes.stream();
    }
}
