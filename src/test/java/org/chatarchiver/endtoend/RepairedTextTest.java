package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of which strings are no UTF-8: its messages come into their mailbox, with a mark where a character was broken. */
@RequiresProgram({"dovecot", "python3"})
class RepairedTextTest {
    private static final String MESSAGE = """
            {"messageId": "%s", "messageContext": "app-message", "messageTime": "2025-03-04T09:00:00Z", "direction": "Out",
             "msisdn": "+447700900123", "from": "+447700900123", "to": ["wxid_outside"], """;

    @TempDir
    Path folder;

    @Test
    void brokenCharactersAreMarkedInTheEmailAndNamedInItsHeaderAndThePageStaysAsItCame() throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN);
                TestBed bed = TestBed.start(folder, TestBed.byMaster(mail))) {
            TestBed.Window window = bed.window();
            byte[] cut = message("cut", "\"textContent\": \"caf", 0xC3, "\"");
            bed.add(window, cut);
            bed.add(
                    window,
                    message(
                            "in-the-middle",
                            "\"textContent\": \"",
                            0xF0,
                            0x9F,
                            0x98,
                            " at eight, ",
                            0xFF,
                            " o'clock\""));
            bed.add(window, message("control", "\"textContent\": \"one", 0x01, "two\""));
            bed.add(
                    window,
                    message(
                            "name",
                            "\"toEnriched\": [{\"value\": \"wxid_outside\", \"fullName\": {\"firstName\": \"J",
                            0xFC,
                            "rgen\"}}], \"textContent\": \"Hallo\""));
            bed.add(
                    window,
                    message(
                            "file",
                            "\"attachment\": [{\"name\": \"Men",
                            0xFC,
                            ".txt\", \"contentType\": \"text/plain\", \"content\": \"eA==\"}]"));
            bed.add(window, message("whole", "\"textContent\": \"caf\u00e9 \ud83d\ude00\""));

            RunReport report = bed.run(window);

            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(List.of(report.availableFromSource(), report.imported(), report.failed()))
                    .containsExactly(6L, 6L, 0L);
            assertThat(report.pages()).hasSize(1);
            Map<String, JsonNode> emails = emails(mail);
            assertThat(emails).hasSize(6).allSatisfy((id, email) -> {
                assertThat(email.path("defects")).as(id).isEmpty();
                assertThat(header(email, "X-Archive-Page-SHA256"))
                        .isEqualTo(report.pages().get(0).sha256());
                assertThat(bed.items(id).get(TestBed.ANN).state()).isEqualTo(ItemState.IMPORTED);
            });
            assertRepaired(emails.get("cut"), "textContent");
            assertThat(text(emails.get("cut"))).isEqualTo("caf\ufffd");
            assertThat(emails.get("cut").path("html").asText()).contains("caf\ufffd");
            assertRepaired(emails.get("in-the-middle"), "textContent");
            assertThat(text(emails.get("in-the-middle"))).isEqualTo("\ufffd at eight, \ufffd o'clock");
            assertRepaired(emails.get("name"), "toEnriched.fullName.firstName");
            assertThat(header(emails.get("name"), "Subject")).endsWith(" to J\ufffdrgen");
            assertRepaired(emails.get("file"), "attachment.name");
            assertThat(emails.get("file").path("files").findValuesAsText("name"))
                    .containsExactly("Men\ufffd.txt");
            assertThat(emails.get("control").path("headers").has("X-Archive-Repaired"))
                    .isFalse();
            assertThat(emails.get("whole").path("headers").has("X-Archive-Repaired"))
                    .isFalse();
            assertThat(text(emails.get("whole"))).isEqualTo("caf\u00e9 \ud83d\ude00");
            assertThat(landed(bed, report.pages().get(0))).contains(latin(cut));

            RunReport again = bed.run(window);
            assertThat(List.of(again.imported(), again.skipped())).containsExactly(0L, 6L);
            assertThat(emails(mail)).isEqualTo(emails);
        }
    }

    private static void assertRepaired(JsonNode email, String field) {
        assertThat(header(email, "X-Archive-Repaired")).isEqualTo("broken characters in " + field);
    }

    private static String header(JsonNode email, String name) {
        return email.path("headers").path(name).asText();
    }

    private static String text(JsonNode email) {
        return email.path("plain").asText();
    }

    private static Map<String, JsonNode> emails(Dovecot mail) throws Exception {
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode email :
                PythonMailbox.byMaster(mail, TestBed.ANN, TestBed.FOLDER).messages()) {
            assertThat(byId.put(header(email, "X-Archive-Source-Id"), email)).isNull();
        }
        return byId;
    }

    /** As it lies in the landing directory, a character for each byte. */
    private static String landed(TestBed bed, Page page) throws IOException {
        Path file = bed.home().data().resolve("landing").resolve(page.path());
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return latin(in.readAllBytes());
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** @param fields text, and bytes as numbers */
    private static byte[] message(String id, Object... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(utf8(String.format(Locale.ROOT, MESSAGE, id)));
        for (Object part : fields) {
            if (part instanceof Integer one) {
                bytes.write(one);
            } else {
                bytes.writeBytes(utf8(part.toString()));
            }
        }
        bytes.write('}');
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
