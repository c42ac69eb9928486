package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedRequest;
import org.chatarchiver.sandbox.LargeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad messages get a clear reason, and nothing is lost. */
class BadInputTest {
    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, TestBed.with(mail));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @Test
    void everyBadMessageEndsWhereItBelongsAndTheRestOfThePageIsDelivered() {
        TestBed.Window window = bed.window();
        Map<String, Reason> expected = new LinkedHashMap<>();
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add("good-" + i);
            bed.add(window, text("good-" + i));
        }
        deliveredNonetheless(window, expected);
        partial(window, expected);
        malformed(window);
        failing(window);
        bed.addAgain(window, text("good-4"));
        int before = mail.count(TestBed.ANN, TestBed.FOLDER);

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        good.forEach(id -> expected.put(id, null));
        expected.forEach((id, reason) -> {
            Item item = bed.items(id).get(TestBed.ANN);
            assertThat(item).as(id).isNotNull();
            assertThat(item.state()).as(id).isEqualTo(reason == null ? ItemState.IMPORTED : ItemState.PARTIAL);
            assertThat(item.reason()).as(id).isEqualTo(reason);
        });
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER) - before).isEqualTo(expected.size());
        assertThat(reasons(report, Channel.MALFORMED))
                .isEqualTo(Map.of(
                        "year-57300", Reason.TIME_OUT_OF_RANGE,
                        "year-1969", Reason.TIME_OUT_OF_RANGE,
                        "no-time", Reason.TIME_MISSING,
                        "no-such-time", Reason.TIME_INVALID,
                        "to-is-no-list", Reason.FIELD_TYPE_WRONG,
                        "", Reason.MESSAGE_ID_MISSING));
        assertThat(reasons(report, Channel.UNMAPPED))
                .isEqualTo(Map.of("owner-unmapped", Reason.NO_MAPPING, "mailbox-gone", Reason.MAILBOX_NOT_FOUND));
        assertThat(reasons(report, Channel.OVERSIZE)).isEqualTo(Map.of("text-of-11-mb", Reason.TEXT_TOO_LARGE));
        assertThat(report.failed()).isEqualTo(9);
        assertThat(report.availableForImport())
                .isEqualTo(report.imported() + report.partiallyImported() + report.skipped() + report.failed());
        assertThat(bed.feed().requests().stream().map(FeedRequest::path)).noneMatch(path -> path.contains("elsewhere"));
    }

    private static void deliveredNonetheless(TestBed.Window window, Map<String, Reason> expected) {
        List<ObjectNode> messages = List.of(
                text("text-size").put("textSize", "12"),
                text("native-id").put("nativeId", BigInteger.ONE.shiftLeft(70)),
                named("names", "Eve\r\nBcc: everybody@example.com", "x"),
                named("address", "Eve", "eve\u0000\r\n@example.com"),
                file("no-name", null, "text/plain", "eA=="),
                file("path", "../../x", "text/plain", "eA=="),
                file("long-name", "ä".repeat(296) + ".txt", "text/plain", "eA=="),
                file("content-type", "x.bin", "text/;;html\r\nX-Evil: 1", "eA=="),
                text("message id with\r\nX-Evil: 1"));
        for (ObjectNode message : messages) {
            bed.add(window, message);
            expected.put(message.path("messageId").asText(), null);
        }
        String surrogates = text("surrogates").toString().replace("A text", "half \\ud83d and \\udc00");
        bed.add(window, surrogates.getBytes(StandardCharsets.UTF_8));
        expected.put("surrogates", null);
    }

    private static void partial(TestBed.Window window, Map<String, Reason> expected) {
        bed.add(window, file("no-base64", "x.bin", "text/plain", "this is *not* base64!"));
        expected.put("no-base64", Reason.ATTACHMENT_UNDECODABLE);
        bed.add(window, href("foreign", "http://127.0.0.2:1/elsewhere"));
        expected.put("foreign", Reason.ATTACHMENT_FOREIGN);
        bed.add(window, href("gone", "/archive/v1/attachments/gone"));
        expected.put("gone", Reason.ATTACHMENT_GONE);
    }

    private static void malformed(TestBed.Window window) {
        bed.add(window, text("year-57300").put("messageTime", 1_746_000_000_000_000L));
        bed.add(window, text("year-1969").put("messageTime", -1_000));
        bed.add(window, text("no-time").putNull("messageTime"));
        bed.add(window, text("no-such-time").put("messageTime", "yesterday"));
        bed.add(window, text("to-is-no-list").put("to", "wxid_outside"));
        bed.add(window, text(""));
    }

    private static void failing(TestBed.Window window) {
        bed.add(window, text("owner-unmapped").put("msisdn", "+447700900199").put("from", "+447700900199"));
        ObjectNode gone = text("mailbox-gone").put("msisdn", "+447700900188").put("from", "+447700900188");
        gone.putObject("fromEnriched").put("value", "+447700900188").put("userEmailAddress", "left@example.com");
        bed.add(window, gone);
        ObjectNode large = text("text-of-11-mb");
        large.remove("textContent");
        bed.add(window, LargeMessage.withText(large, 11 * 1024 * 1024));
    }

    private static Map<String, Reason> reasons(RunReport report, Channel channel) {
        return bed.entries(channel, report).stream()
                .collect(Collectors.toMap(Channels.Entry::messageId, Channels.Entry::reason));
    }

    private static ObjectNode text(String id) {
        return TestBed.text(id, "A text");
    }

    private static ObjectNode named(String id, String firstName, String address) {
        ObjectNode message = text(id);
        message.putArray("toEnriched")
                .addObject()
                .put("value", "wxid_outside")
                .put("userEmailAddress", address)
                .putObject("fullName")
                .put("firstName", firstName);
        return message;
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

    private static ObjectNode href(String id, String href) {
        ObjectNode message = text(id);
        message.putArray("attachment").addObject().put("name", "x.pdf").put("href", href);
        return message;
    }
}
