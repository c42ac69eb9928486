package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chatarchiver.ledger.RunReport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A day that was archived is tampered with, and a verification names what was done, once. */
class VerifyTest extends CollectionBed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "WeChat Archiver";

    private String run;

    /** Four pages of two messages each. */
    private void archive() {
        IntStream.rangeClosed(1, 8).forEach(number -> day.message("WECHAT", "m" + number, "Text of " + number));
        RunReport report = day.run(archiver, "wechat");
        assertThat(report.imported()).isEqualTo(8);
        assertThat(report.pages()).hasSize(4);
        run = report.run().id();
    }

    @Test
    void whatWasDoneToPagesLedgerCountsAndAuditLogIsNamedAndNothingBefore() throws Exception {
        archive();
        JsonNode clean = verified();
        assertThat(clean.get("differences")).isEmpty();
        assertThat(clean.get("counts")).isEmpty();
        assertThat(clean.get("progress"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"pages\":4,\"pagesDone\":4,\"items\":8,\"itemsDone\":8,\"itemsNotLookedFor\":0,\"mailboxes\":1,\"mailboxesDone\":1}"));

        Path first = page("1.json.gz");
        rewrite(first, unpacked(first).replace("Text of", "Lies of"));
        Files.delete(page("2.json.gz"));
        Files.copy(page("3.json.gz"), first.resolveSibling("9.json.gz"));
        // Not pages: what came for one and was none, and another attempt at one.
        Files.copy(page("3.json.gz"), first.resolveSibling("3-rejected-1.json.gz"));
        Files.copy(page("3.json.gz"), first.resolveSibling("3-2.json.gz"));
        JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
        String lost = ledger.queryForObject(
                "select cast(id as varchar(36)) from message where run = ? and page = 3 and position = 1",
                String.class,
                run);
        ledger.update("delete from item where message = cast(? as uuid)", lost);
        ledger.update("delete from message where id = cast(? as uuid)", lost);
        ledger.update("update run set total_count = 9 where id = ?", run);
        ledger.execute("drop trigger audit_entry_append_only");
        ledger.update("update audit_entry set actor = 'nobody' where seq = 2");

        Files.writeString(page("manifest.json"), "{");

        JsonNode tampered = verified();

        assertThat(lines(tampered))
                .containsExactlyInAnyOrder(
                        "COUNT_DIFFERS page null position null",
                        "TOTAL_DIFFERS page null position null",
                        "TOTAL_DIFFERS page null position null",
                        "PAGE_UNKNOWN page 9 position null",
                        // The e-mail of the message whose rows are gone.
                        "UNKNOWN_ITEM page null position null",
                        "PAGE_ALTERED page 1 position null",
                        "PAGE_GONE page 2 position null",
                        "ELEMENT_UNACCOUNTED page 3 position 1",
                        "AUDIT_BROKEN page null position null",
                        "AUDIT_BROKEN page null position null");
        assertThat(tampered.get("differences").toString()).contains("manifest.json is no manifest any more");
        assertThat(sentence(tampered, "COUNT_DIFFERS")).contains("told of 9 messages", "8 have arrived");
        assertThat(sentence(tampered, "PAGE_ALTERED")).contains("1.json.gz is not what it was", "SHA-256");
        assertThat(sentence(tampered, "PAGE_UNKNOWN")).contains("9.json.gz", "PAGE_LANDED");
        assertThat(sentence(tampered, "AUDIT_BROKEN")).contains("audit entry 2: it is not as it was written");
        assertThat(tampered.get("more").asInt()).isZero();
        assertThat(tampered.toString()).doesNotContain("Text of", "Lies of");

        JsonNode noted = audit("RUN_VERIFIED");
        assertThat(noted.findValuesAsText("actor")).containsOnly("admin");
        assertThat(noted.get(0).at("/detail/differences/PAGE_GONE").asInt()).isEqualTo(1);
        assertThat(noted.get(0).at("/detail/state").asText()).isEqualTo("ENDED");
    }

    @Test
    void whatIsNotInItsFolderAndAMailboxThatIsShutAreNamedAndSoIsATailThatWasCutOff() throws Exception {
        archive();
        JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
        List<String> uids = ledger.queryForList(
                "select cast(message as varchar(36)) from item where run = ? order by page, message",
                String.class,
                run);
        // As of a destination that tells no numbers.
        ledger.update("update item set uid = null where message = cast(? as uuid)", uids.get(0));
        day.mail.empty(SmallDay.MAILBOX, FOLDER);

        JsonNode emptied = verified();

        assertThat(emptied.get("counts")).isEqualTo(JSON.readTree("{\"MISSING\":1,\"MOVED_OR_DELETED\":7}"));
        assertThat(emptied.get("differences")).allSatisfy(difference -> {
            assertThat(difference.get("mailbox").asText()).isEqualTo(SmallDay.MAILBOX);
            assertThat(difference.get("messageId").asText()).startsWith("<");
            assertThat(difference.get("page").asInt()).isBetween(1, 4);
            assertThat(difference.get("sentence").asText()).contains(FOLDER, "replay");
        });

        ledger.update("update item set target = 'nobody@example.com' where run = ?", run);
        // The end of the chain as the manifest has it is gone with what was behind it.
        ledger.execute("drop trigger audit_entry_append_only");
        ledger.update("delete from audit_entry where seq > 2");
        ledger.update(
                "update audit_head set seq = 2, hash = (select hash from audit_entry where seq = 2) where id = 1");

        JsonNode shut = verified();

        assertThat(sentence(shut, "MAILBOX_UNREACHABLE")).contains("could not be searched", "MAILBOX_GONE");
        assertThat(shut.at("/counts/MAILBOX_UNREACHABLE").asInt()).isEqualTo(1);
        assertThat(shut.at("/counts/MISSING").isMissingNode()).isTrue();
        assertThat(shut.at("/progress/itemsNotLookedFor").asInt()).isEqualTo(8);
        assertThat(sentence(shut, "AUDIT_BROKEN")).contains("manifest of run " + run);
    }

    private JsonNode verified() throws Exception {
        return Verified.of(archiver, run);
    }

    private static List<String> lines(JsonNode verified) {
        List<String> lines = new ArrayList<>();
        verified.get("differences")
                .forEach(difference -> lines.add(difference.get("kind").asText() + " page "
                        + difference.get("page").asText() + " position "
                        + difference.get("position").asText()));
        return lines;
    }

    private static String sentence(JsonNode verified, String kind) {
        return Verified.first(verified, kind).get("sentence").asText();
    }

    private JsonNode audit(String action) throws Exception {
        return JSON.readTree(new ApiClient(archiver)
                        .get("/api/audit?action=" + action)
                        .body())
                .get("items");
    }

    private Path page(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(name)
                            && file.getParent().getFileName().toString().equals(run))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String unpacked(Path page) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(Files.newInputStream(page))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void rewrite(Path page, String text) throws IOException {
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(page))) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
