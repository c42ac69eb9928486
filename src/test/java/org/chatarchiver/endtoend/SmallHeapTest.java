package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are large in one way or another go through an archiver with a small heap, one after the other. */
@RequiresProgram("dovecot")
class SmallHeapTest {
    private static final int MB = 1024 * 1024;
    /** Of small messages in one page; {@code -Dpage.messages=100000} is what is promised. */
    private static final int MANY = Integer.getInteger("page.messages", 20_000);

    /** Of files of 9 MB in one page. */
    private static final int FILMS = Integer.getInteger("page.films", 30);

    private static final int COLLEAGUES = 500;

    @TempDir
    static Path folder;

    private static SmallHeap bed;

    @BeforeAll
    static void start() throws IOException {
        List<String> colleagues =
                IntStream.range(0, COLLEAGUES).mapToObj(SmallHeapTest::mailbox).toList();
        String mapping = IntStream.range(0, COLLEAGUES)
                .mapToObj(i -> number(i) + "," + mailbox(i) + "\n")
                .collect(Collectors.joining("", TestBed.MAPPING, ""));
        bed = SmallHeap.start(
                folder,
                mapping,
                Stream.concat(Stream.of(TestBed.ANN), colleagues.stream()).toList());
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    /** The database has some for as long as it sorts what it is asked for meanwhile. */
    @AfterEach
    void noTemporaryFileIsLeft() {
        SmallDay.await().untilAsserted(() -> assertThat(bed.temporaryFiles()).isEmpty());
    }

    @Test
    void manyFilesOfNineMegabytesInOnePageAreDelivered() throws Exception {
        TestBed.Window window = bed.window();
        GeneratedContent film = new GeneratedContent(9 * MB, 1);
        for (int i = 0; i < FILMS; i++) {
            bed.add(
                    window,
                    LargeMessage.withAttachment(TestBed.text("film-" + i, "Film " + i), "film.mp4", "video/mp4", film));
        }

        JsonNode report = bed.run(window);

        assertCounts(report, FILMS, 0, 0);
    }

    @Test
    void mappingFilesOfSixtyMegabytesAreTakenAndKeptOneAfterTheOther() throws Exception {
        int rows = 60_000;
        String blanks = " ".repeat(1_000);
        Path csv = folder.resolve("large.csv");
        for (int version = 0; version < 3; version++) {
            try (BufferedWriter out = Files.newBufferedWriter(csv)) {
                out.write(TestBed.MAPPING.replace("\r\n", "\n"));
                for (int i = 0; i < COLLEAGUES; i++) {
                    out.write(number(i) + "," + mailbox(i) + "\n");
                }
                for (int i = 0; i < rows; i++) {
                    out.write("wxid_" + i + blanks + "," + (i < version ? "other" : "user") + i + "@example.com\n");
                }
            }

            assertThat(bed.map(csv).statusCode()).isEqualTo(200);
        }

        JsonNode versions =
                bed.get("/api/connectors/wechat/mapping/versions?limit=3").path("items");
        assertThat(versions.path(0).path("state").asText()).isEqualTo("IN_FORCE");
        assertThat(versions.path(0).path("size").asLong()).isGreaterThan(60_000_000);
        assertThat(versions.path(0).path("changed").asInt()).isEqualTo(1);
        assertThat(versions.path(2).path("added").asInt()).isEqualTo(rows);
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("mapped", "By the large one"));
        assertCounts(bed.run(window), 1, 0, 0);
    }

    @Test
    void aTextOfElevenMegabytesGoesToTheOversizeChannelAndItsNeighboursAreDelivered() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("before", "Before"));
        ObjectNode rest = TestBed.text("eleven", "");
        rest.remove("textContent");
        bed.add(window, LargeMessage.withText(rest, 11 * MB));
        bed.add(window, TestBed.text("after", "After"));

        JsonNode report = bed.run(window);

        assertCounts(report, 2, 0, 1);
        assertThat(report.path("failedByReason").path("TEXT_TOO_LARGE").asInt()).isEqualTo(1);
        assertThat(bed.get("/api/channels/oversize")
                        .path("items")
                        .get(0)
                        .path("messageId")
                        .asText())
                .isEqualTo("eleven");
    }

    @Test
    void aPageOfVeryManyMessagesIsDelivered() throws Exception {
        TestBed.Window window = bed.window();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            bed.add(window, out -> out.write(TestBed.bytes(TestBed.text("many-" + number, "Message " + number))));
        }

        JsonNode report = bed.run(window);

        assertCounts(report, MANY, 0, 0);
        assertThat(report.path("pages")).hasSize(1);
    }

    @Test
    void aPageWhoseEveryMessageIsMalformedEndsInTheMalformedChannel() throws Exception {
        TestBed.Window window = bed.window();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            bed.add(
                    window,
                    out -> out.write(("{\"messageId\":\"bad-" + number + "\"}").getBytes(StandardCharsets.UTF_8)));
        }

        JsonNode report = bed.run(window);

        assertCounts(report, 0, 0, MANY);
        assertThat(report.path("failedByReason").path("TIME_MISSING").asInt()).isEqualTo(MANY);
        assertThat(bed.get("/api/channels").path("items")).anySatisfy(channel -> {
            assertThat(channel.path("id").asText()).isEqualTo("malformed");
            assertThat(channel.path("open").asInt()).isEqualTo(MANY);
        });
    }

    @Test
    void theSameAttachmentInAThousandMessagesIsDeliveredWithEach() throws Exception {
        TestBed.Window window = bed.window();
        GeneratedContent picture = new GeneratedContent(200_000, 2);
        bed.feed().attachment("logo", picture::writeTo);
        for (int i = 0; i < 1_000; i++) {
            ObjectNode message = TestBed.text("logo-" + i, "Logo " + i);
            attach(message.putArray("attachment"));
            bed.add(window, message);
        }

        JsonNode report = bed.run(window);

        assertCounts(report, 1_000, 0, 0);
    }

    @Test
    void theSameAttachmentAThousandTimesInOneMessageIsCutToTheLimitOfAnItem() throws Exception {
        TestBed.Window window = bed.window();
        GeneratedContent picture = new GeneratedContent(200_000, 3);
        bed.feed().attachment("logo", picture::writeTo);
        ObjectNode message = TestBed.text("logos", "Logos");
        ArrayNode attachments = message.putArray("attachment");
        for (int i = 0; i < 1_000; i++) {
            attach(attachments);
        }
        bed.add(window, message);

        JsonNode report = bed.run(window);

        assertCounts(report, 0, 1, 0);
    }

    @Test
    void aMessageToFiveHundredMailboxesIsDeliveredToEach() throws Exception {
        TestBed.Window window = bed.window();
        ObjectNode message = TestBed.text("everybody", "To everybody");
        ArrayNode to = message.putArray("to");
        for (int i = 0; i < COLLEAGUES; i++) {
            to.add(number(i));
        }
        bed.add(
                window,
                LargeMessage.withAttachment(message, "plan.pdf", "application/pdf", new GeneratedContent(100_000, 4)));

        JsonNode report = bed.run(window);

        assertCounts(report, COLLEAGUES + 1, 0, 0);
    }

    private static void attach(ArrayNode attachments) {
        attachments
                .addObject()
                .put("name", "logo.png")
                .put("contentType", "image/png")
                .put("href", "/archive/v1/attachments/logo");
    }

    private static void assertCounts(JsonNode report, int imported, int partial, int failed) {
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETE");
        assertThat(report.path("imported").asInt()).isEqualTo(imported);
        assertThat(report.path("partiallyImported").asInt()).isEqualTo(partial);
        assertThat(report.path("failed").asInt()).isEqualTo(failed);
    }

    private static String number(int colleague) {
        return "+4477009" + (10_000 + colleague);
    }

    private static String mailbox(int colleague) {
        return "colleague" + colleague + "@example.com";
    }
}
