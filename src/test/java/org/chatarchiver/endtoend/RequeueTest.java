package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of failures, further revisions and dry runs. */
class RequeueTest {
    private static final Duration SOON = Duration.ofSeconds(60);

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
    void anUnmappedOwnerIsDeliveredToOnceTheMappingIsMendedAndTheEntryRequeued() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, from("unmapped-1", "+447700900142"));
        bed.add(window, TestBed.text("mapped-1", "Mapped"));
        RunReport failed = bed.run(window);
        assertThat(failed.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(failed.failedByReason()).isEqualTo(Map.of(Reason.NO_MAPPING, 1L));
        Channels.Entry entry = bed.entries(Channel.UNMAPPED, failed).get(0);
        assertThat(entry.messageId()).isEqualTo("unmapped-1");
        assertThat(entry.owner()).isEqualTo("+447700900142");

        Parsed parsed = bed.archiver()
                .bean(MappingStore.class)
                .replace(TestBed.WECHAT, csv(TestBed.MAPPING + "+447700900142,ben@example.com\n"), "ada");
        assertThat(parsed).isNotInstanceOf(Parsed.Rejected.class);
        assertThat(requeue(Channel.UNMAPPED, entry)).isEqualTo(1);

        await().atMost(SOON).until(() -> mail.count(TestBed.BEN, TestBed.FOLDER) == 1);
        await().atMost(SOON).until(() -> closed(entry));
        RunReport mended = bed.archiver().report(failed.run().id());
        assertThat(mended.imported()).isEqualTo(2);
        assertThat(mended.failed()).isZero();
        assertThat(mended.availableForImport()).isEqualTo(failed.availableForImport());
        assertThat(bed.items("unmapped-1").get(TestBed.BEN).state()).isEqualTo(ItemState.IMPORTED);
    }

    @Test
    void aFailureThatStaysIsBackInItsChannelAfterARequeue() {
        TestBed.Window window = bed.window();
        bed.add(window, from("unmapped-2", "+447700900143"));
        RunReport failed = bed.run(window);
        Channels.Entry entry = bed.entries(Channel.UNMAPPED, failed).get(0);

        assertThat(requeue(Channel.UNMAPPED, entry)).isEqualTo(1);

        await().atMost(SOON)
                .until(
                        () -> bed.archiver().report(failed.run().id()).failedByReason(),
                        Map.of(Reason.NO_MAPPING, 1L)::equals);
        assertThat(closed(entry)).isFalse();
        assertThat(bed.entries(Channel.UNMAPPED, failed)).hasSize(1);
    }

    @Test
    void aMessageWithOtherContentIsAFurtherItemAndTheSameContentIsSkipped() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("twice", "First"));
        assertThat(bed.run(window).imported()).isEqualTo(1);
        bed.addAgain(window, TestBed.text("twice", "Second"));
        int before = mail.count(TestBed.ANN, TestBed.FOLDER);

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(before + 1);
        assertThat(bed.items("twice", 1).get(TestBed.ANN).state()).isEqualTo(ItemState.IMPORTED);
    }

    @Test
    void aDryRunCountsWhatWouldHappenAndWritesNothing() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("dry-1", "Text"));
        bed.addAgain(window, TestBed.text("dry-1", "Other text"));
        bed.add(window, TestBed.text("dry-2", "Text").put("messageTime", "yesterday"));
        bed.add(window, from("dry-3", "+447700900144"));
        int before = mail.count(TestBed.ANN, TestBed.FOLDER);

        RunReport dry = bed.run(window, true);

        assertThat(dry.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(dry.imported()).isEqualTo(2);
        assertThat(dry.failedByReason()).isEqualTo(Map.of(Reason.TIME_INVALID, 1L, Reason.NO_MAPPING, 1L));
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(before);
        assertThat(bed.items("dry-1")).isEmpty();
        assertThat(bed.archiver().bean(Channels.class).ofRun(dry.run().id(), 10, 0))
                .isEmpty();

        RunReport wet = bed.run(window);

        assertThat(wet.imported()).isEqualTo(dry.imported());
        assertThat(wet.failedByReason()).isEqualTo(dry.failedByReason());
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(before + 2);
    }

    private static int requeue(Channel channel, Channels.Entry entry) {
        return bed.archiver().bean(Channels.class).requeue(channel, List.of(entry.id()), "test");
    }

    private static boolean closed(Channels.Entry entry) {
        return bed.archiver()
                        .bean(Channels.class)
                        .find(entry.id())
                        .orElseThrow()
                        .closed()
                != null;
    }

    private static ObjectNode from(String id, String number) {
        return TestBed.text(id, "A text").put("msisdn", number).put("from", number);
    }

    private static ByteArrayInputStream csv(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
