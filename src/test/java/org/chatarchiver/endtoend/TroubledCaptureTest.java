package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.chatarchiver.faults.Mailboxes;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group message that two registered phones captured, while the mailbox of the second one's owner is full for a time. */
@RequiresProgram({"dovecot", "python3"})
class TroubledCaptureTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ANNS = "+447700900123";
    private static final String BENS = "+447700900142";
    private static final String TEXT = "Longer than what is left. ".repeat(2_000);
    private static final String FILLING = "x".repeat(170_000);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private Dovecot mail;
    private TestBed bed;

    @BeforeEach
    void start() throws Exception {
        mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN)).withQuota("200k").start();
        bed = TestBed.start(
                folder,
                settings -> TestBed.byMaster(mail).apply(settings).clock(clock),
                home -> Files.writeString(
                        home.mapping(TestBed.WECHAT), TestBed.MAPPING + BENS + "," + TestBed.BEN + "\n"));
        try (Store ben = ben()) {
            MimeMessage filling = new MimeMessage(Session.getInstance(new Properties()));
            filling.setText(FILLING);
            ben.getFolder("INBOX").appendMessages(new Message[] {filling});
        }
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @Test
    void bothInOneRunGiveEachMailboxOneCopyAndTheRunEndsWhenTheSecondHasIts() throws Exception {
        TestBed.Window window = bed.window();
        bed.add(window, capture("one-run", ANNS));
        bed.add(window, capture("one-run", BENS));
        String run = refused("one-run", window);

        RunReport waits = bed.archiver().report(run);
        assertThat(waits.run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(List.of(waits.imported(), waits.pending(), waits.failed())).containsExactly(1L, 1L, 0L);
        assertThat(waits.waitingByReason()).isEqualTo(Map.of(Reason.QUOTA_EXCEEDED, 1L));
        repair();
        nextTry();

        assertCounts(bed.ended(run), 2, 2, 0, 0);
        assertOneCopyEach("one-run");
    }

    @Test
    void theSecondInALaterRunWaitsThereAndIsNeitherDoubledNorLostByReadingAgain() throws Exception {
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        TestBed.Window both = new TestBed.Window(earlier.from(), later.to());
        bed.add(earlier, capture("later", ANNS));
        bed.add(later, capture("later", BENS));
        RunReport first = bed.run(earlier);
        String second = refused("later", later);

        String again = bed.archiver().start(TestBed.WECHAT, false, both.from(), both.to());
        await().atMost(SOON).until(() -> bed.archiver().report(again).run().landed() != null);
        assertThat(bed.items("later").get(TestBed.BEN).state()).isNotEqualTo(ItemState.IMPORTED);
        repair();
        nextTry();

        assertCounts(bed.ended(second), 1, 1, 0, 0);
        assertCounts(bed.ended(again), 2, 0, 2, 0);
        assertCounts(bed.archiver().report(first.run().id()), 1, 1, 0, 0);
        assertThat(bed.items("later").get(TestBed.BEN).run()).isEqualTo(second);
        assertCounts(bed.run(both), 2, 0, 2, 0);
        assertOneCopyEach("later");
    }

    @Test
    void theSecondThatWasGivenUpIsAFailureOfItsOwnRunUntilARequeueDeliversIt() throws Exception {
        TestBed.Window later = bed.window();
        TestBed.Window earlier = bed.window();
        bed.add(earlier, capture("given-up", ANNS));
        bed.add(later, capture("given-up", BENS));
        RunReport first = bed.run(earlier);
        String second = refused("given-up", later);
        clock.advance(Duration.ofMinutes(16));
        RunReport failed = bed.ended(second);
        assertCounts(failed, 1, 0, 0, 1);
        assertThat(failed.failedByReason()).isEqualTo(Map.of(Reason.QUOTA_EXCEEDED, 1L));
        Channels.Entry entry = bed.entries(Channel.UNDELIVERABLE, failed).get(0);
        assertThat(entry.owner()).isEqualTo(BENS);
        repair();

        bed.archiver().bean(Channels.class).requeue(Channel.UNDELIVERABLE, List.of(entry.id()), "test");

        await().atMost(SOON).until(() -> bed.archiver().report(second).imported() == 1);
        assertCounts(bed.archiver().report(second), 1, 1, 0, 0);
        assertCounts(bed.archiver().report(first.run().id()), 1, 1, 0, 0);
        assertThat(bed.entries(Channel.UNDELIVERABLE, failed)).isEmpty();
        assertOneCopyEach("given-up");
    }

    /** Starts a run, and waits until Ben's mailbox has refused his copy and Ann's has hers. */
    private String refused(String id, TestBed.Window window) {
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
        await().atMost(SOON)
                .until(() -> bed.items(id).containsKey(TestBed.BEN)
                        && bed.items(id).get(TestBed.BEN).state() == ItemState.RETRY
                        && bed.items(id).get(TestBed.ANN).state() == ItemState.IMPORTED);
        assertThat(bed.items(id).get(TestBed.BEN).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        return run;
    }

    private void nextTry() {
        clock.advance(Duration.ofMinutes(5));
    }

    private void repair() throws Exception {
        try (Store ben = ben();
                Folder inbox = ben.getFolder("INBOX")) {
            inbox.open(Folder.READ_WRITE);
            inbox.setFlags(1, inbox.getMessageCount(), new Flags(Flags.Flag.DELETED), true);
            inbox.expunge();
        }
    }

    private Store ben() throws Exception {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(mail.host(), mail.imapPort(), TestBed.BEN, Dovecot.USER_PASSWORD);
        return store;
    }

    private void assertOneCopyEach(String id) throws Exception {
        Map<String, List<Mailboxes.Email>> read =
                new Mailboxes(mail, TestBed.FOLDER, List.of(TestBed.ANN, TestBed.BEN)).read();
        assertThat(read.get(TestBed.ANN))
                .singleElement()
                .extracting(Mailboxes.Email::sourceId)
                .isEqualTo(id);
        assertThat(read.get(TestBed.BEN)).isEqualTo(read.get(TestBed.ANN));
    }

    private static void assertCounts(RunReport report, long source, long imported, long skipped, long failed) {
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(List.of(report.availableFromSource(), report.arrived()))
                .as("captures")
                .containsOnly(source);
        assertThat(List.of(report.imported(), report.skipped(), report.failed(), report.pending()))
                .as("imported, skipped, failed, pending")
                .containsExactly(imported, skipped, failed, 0L);
        assertThat(report.availableForImport()).isEqualTo(imported + skipped + failed);
    }

    private static ObjectNode capture(String id, String msisdn) {
        return TestBed.json("""
                {"messageContext": "app-message", "messageTime": "2025-03-04T09:00:00Z", "direction": "In", "from": "+447700900555",
                 "to": [], "groupMessage": true, "dialogGroupId": "x@chatroom"}""").put("messageId", id).put("msisdn", msisdn).put("textContent", TEXT);
    }
}
