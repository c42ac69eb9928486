package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.EwsMailboxes;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small day with Exchange Server on premises as the destination. */
class EwsDayTest {
    private static final Instant SENT = Instant.parse("2025-03-04T09:00:00Z");

    private static RunningArchiver.Settings with(EwsStub exchange, RunningArchiver.Settings settings) {
        return ExchangeStubs.ews(exchange).apply(settings).set("archiver.exchange.probe-mailbox", TestBed.BEN);
    }

    private static void fill(TestBed bed, TestBed.Window window, int messages) {
        for (int i = 0; i < messages; i++) {
            bed.add(window, TestBed.text("day-" + i, "Text " + i + " \u2603 <b>&</b>"));
        }
    }

    @Test
    void everyMessageIsOneReadItemAndASecondRunFilesNothing(@TempDir Path folder) throws Exception {
        try (EwsStub exchange = EwsStub.start(EwsStub.Login.BASIC)) {
            exchange.mailboxes().create(List.of(TestBed.ANN, TestBed.BEN));
            try (TestBed bed = TestBed.start(folder, settings -> with(exchange, settings))) {
                TestBed.Window window = bed.window();
                fill(bed, window, 60);
                ObjectNode stranger = TestBed.text("stranger", "Nobody's");
                bed.add(window, stranger.put("msisdn", "+447700900555").put("from", "+447700900555"));

                RunReport first = bed.run(window);
                RunReport second = bed.run(window);

                assertThat(first.run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(first.imported()).isEqualTo(60);
                assertThat(first.failedByReason()).containsOnlyKeys(Reason.NO_MAPPING);
                assertThat(first.availableForImport()).isEqualTo(61);
                assertThat(second.imported()).isZero();
                assertThat(second.skipped()).isEqualTo(60);
                verify(exchange, bed, first);
            }
            List<EwsMailboxes.Item> items =
                    exchange.mailboxes().items(TestBed.ANN, TestBed.FOLDER).subList(0, 60);
            assertThat(items).hasSize(60).allSatisfy(item -> {
                assertThat(item.itemClass()).isEqualTo("IPM.Note.Custom.WeChatArchiver");
                assertThat(item.flags()).isEqualTo(1);
                assertThat(item.read()).isTrue();
                assertThat(item.received()).isEqualTo(SENT);
                assertThat(item.sent()).isEqualTo(SENT);
            });
            assertThat(items).extracting(EwsMailboxes.Item::messageId).doesNotHaveDuplicates();
            assertThat(exchange.violations()).isEmpty();
        }
    }

    private static void verify(EwsStub exchange, TestBed bed, RunReport first) throws Exception {
        assertThat(Verified.of(bed.archiver(), first.run().id()).get("counts")).isEmpty();
        TestBed.Window window = bed.window();
        bed.add(
                window,
                TestBed.text("new", "Of this hour")
                        .put("messageTime", window.from().plusSeconds(9).toString()));
        String run = bed.run(window).run().id();
        exchange.mailboxes().copyLast(TestBed.ANN, TestBed.FOLDER, null);
        exchange.mailboxes()
                .copyLast(
                        TestBed.ANN,
                        TestBed.FOLDER,
                        "<00112233445566778899aabbccddeeff00112233@chat-archiver.invalid>");
        assertThat(Verified.of(bed.archiver(), run).get("counts"))
                .isEqualTo(Verified.counts("{\"DOUBLED\":1,\"UNKNOWN_ITEM\":1}"));
    }

    @Test
    void lostAnswersPausesAndARaceLoseAndDoubleNothing(@TempDir Path folder) throws IOException {
        try (EwsStub exchange = EwsStub.start(EwsStub.Login.BASIC)) {
            exchange.mailboxes().create(List.of(TestBed.ANN, TestBed.BEN));
            try (TestBed bed = TestBed.start(folder, settings -> with(exchange, settings))) {
                exchange.on(
                        "CreateItem",
                        EwsReaction.executeAndClose(),
                        EwsReaction.busy(500),
                        EwsReaction.executeAndCut());
                exchange.on("CreateFolder", EwsReaction.race());

                TestBed.Window window = bed.window();
                fill(bed, window, 120);
                RunReport report = bed.run(window);

                assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(report.imported()).isEqualTo(120);
            }
            assertThat(exchange.mailboxes().items(TestBed.ANN, TestBed.FOLDER))
                    .hasSize(120)
                    .extracting(EwsMailboxes.Item::messageId)
                    .doesNotHaveDuplicates();
            assertThat(exchange.violations()).isEmpty();
        }
    }
}
