package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.faults.Mailboxes;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a message went and by which rule, as the API tells it, and the e-mails that are in the mailboxes. */
@RequiresProgram("dovecot")
class DeliveredItemsTest {
    private static final String MAPPING = """
            External User ID,Microsoft 365 User Mailbox
            +447700900123,ann@example.com
            +5511988880001,ben@example.com
            """;

    @TempDir
    Path folder;

    @Test
    void itsItemsNameTheEMailsThatAreInTheMailboxesAndTheRuleThatLedThere() throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN, TestBed.BEN);
                TestBed bed = TestBed.start(
                        folder,
                        TestBed.byMaster(mail),
                        home -> Files.writeString(home.mapping(TestBed.WECHAT), MAPPING))) {
            String id = "Grüße & <more> \u2028 of it";
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text(id, "First"));
            bed.addAgain(window, TestBed.text(id, "Second"));
            bed.add(
                    window,
                    TestBed.text("brazil", "Text")
                            .put("msisdn", "+551188880001")
                            .put("from", "+551188880001"));

            RunReport report = bed.run(window);

            assertThat(report.imported()).isEqualTo(3);
            Mailboxes mailboxes = new Mailboxes(mail, TestBed.FOLDER, List.of(TestBed.ANN, TestBed.BEN));
            JsonNode revisions = items(bed, id);
            assertThat(revisions.findValuesAsText("emailMessageId"))
                    .containsExactlyInAnyOrderElementsOf(mailboxes.read().get(TestBed.ANN).stream()
                            .map(Mailboxes.Email::messageId)
                            .toList())
                    .hasSize(2)
                    .doesNotHaveDuplicates();
            assertThat(revisions.findValuesAsText("rule")).containsExactly("MAPPING_FILE", "MAPPING_FILE");
            JsonNode brazil = items(bed, "brazil").get(0);
            assertThat(brazil.path("rule").asText()).isEqualTo("EQUIVALENT_NUMBER");
            assertThat(brazil.path("state").asText()).isEqualTo("imported");
            assertThat(brazil.path("mailbox").asText()).isEqualTo(TestBed.BEN);
            assertThat(brazil.path("folder").asText()).isEqualTo(TestBed.FOLDER);
            assertThat(brazil.path("run").asText()).isEqualTo(report.run().id());
            assertThat(brazil.path("emailMessageId").asText())
                    .isEqualTo(mailboxes.read().get(TestBed.BEN).get(0).messageId());
        }
    }

    private static JsonNode items(TestBed bed, String messageId) throws Exception {
        return new ObjectMapper()
                .readTree(new ApiClient(bed.archiver())
                        .get("/api/items?messageId=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8))
                        .body())
                .path("items");
    }
}
