package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids and addresses as phones and their networks write them, from the feed to the mailbox and the run's report. */
@RequiresProgram({"dovecot", "python3"})
class WhatPhonesSendTest {
    private static final String MAPPING = TestBed.MAPPING + "+5511988880001," + TestBed.BEN + "\n";

    @TempDir
    static Path folder;

    private static Dovecot mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN)).start();
        bed = TestBed.start(
                folder, TestBed.byMaster(mail), home -> Files.writeString(home.mapping(TestBed.WECHAT), MAPPING));
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
        mail.close();
    }

    @Test
    void anIdOfADeviceAndANumberWithoutItsNinthDigitFindTheirMailboxesAndTheItemsSayHow() throws Exception {
        TestBed.Window window = bed.window();
        ObjectNode message = TestBed.text("ids", "Text").put("msisdn", "447700900123:12@s.whatsapp.net");
        message.put("from", "447700900123@c.us");
        message.putArray("to")
                .add("551188880001@s.whatsapp.net")
                .add("120363@g.us")
                .add("1@newsletter");
        bed.add(window, message);

        RunReport report = bed.run(window);

        assertThat(report.failed()).isZero();
        assertThat(api("/api/items?messageId=ids").path("items"))
                .extracting(item ->
                        item.path("mailbox").asText() + " " + item.path("rule").asText())
                .containsExactlyInAnyOrder(TestBed.ANN + " MAPPING_FILE", TestBed.BEN + " EQUIVALENT_NUMBER");
        assertThat(email(TestBed.BEN, "ids").path("headers").path("To").asText())
                .as("never rewritten")
                .contains("551188880001")
                .doesNotContain("5511988880001");
    }

    @Test
    void anAddressOfTheSourceIsFreedOfWhatCannotBeSeenAndOneThatCannotBeUsedIsInTheReportAndNoFailure()
            throws Exception {
        TestBed.Window window = bed.window();
        ObjectNode message = TestBed.text("addresses", "Text").put("msisdn", "wx-ann");
        message.put("from", "wx-ann");
        message.putObject("fromEnriched").put("value", "wx-ann").put("userEmailAddress", "ann@example.com ");
        message.putArray("to").add("wx-ben").add("wx-fay");
        message.putArray("toEnriched")
                .add(TestBed.json("{\"value\":\"wx-ben\",\"userEmailAddress\":\"\\u00a0ben@example.com\\u200b\"}"))
                .add(TestBed.json("{\"value\":\"wx-fay\",\"userEmailAddress\":\"fay@@contoso\"}"));
        bed.add(window, message);

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(bed.items("addresses")).containsOnlyKeys(TestBed.ANN, TestBed.BEN);
        JsonNode told = api("/api/runs/" + report.run().id());
        assertThat(told.path("failed").asInt()).isZero();
        assertThat(told.path("availableForImport").asInt()).isEqualTo(2);
        assertThat(told.path("notServedByReason").toString()).isEqualTo("{\"ADDRESS_REFUSED\":1}");
        assertThat(told.path("participantsNotServed").toString())
                .contains("\"participant\":\"wx-fay\"", "'fay@@contoso'", "\"messages\":1");
        assertThat(told.path("summary").asText()).contains("In 1 case");
        bed.run(window);
        assertThat(api("/api/runs/" + report.run().id()).path("notServed").asInt())
                .as("once, however often it is read")
                .isEqualTo(1);
    }

    private static JsonNode api(String path) throws Exception {
        return new ObjectMapper()
                .readTree(new ApiClient(bed.archiver()).get(path).body());
    }

    private static JsonNode email(String mailbox, String id) throws Exception {
        return PythonMailbox.byMaster(mail, mailbox, TestBed.FOLDER).messages().stream()
                .filter(one ->
                        one.path("headers").path("X-Archive-Source-Id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
