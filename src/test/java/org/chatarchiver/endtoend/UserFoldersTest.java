package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mailbox's user does with the archiver's folder, at a real server. */
@RequiresProgram("dovecot")
class UserFoldersTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MANY = 400;

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();

    @Test
    void aFolderThatItsUserRenamesInTheMiddleOfARunIsMadeAgainAndEachMessageIsInOneOfTheTwo() throws Exception {
        try (Dovecot mail = dovecot().start();
                TestBed bed = bed(mail)) {
            String run = many(bed);
            await().atMost(SOON).until(() -> count(mail, TestBed.FOLDER) > 0);
            try (Store user = user(mail)) {
                assertThat(user.getFolder(TestBed.FOLDER).renameTo(user.getFolder("Mine")))
                        .isTrue();
            }

            RunReport report = bed.ended(run);

            assertThat(report.imported()).isEqualTo(MANY);
            assertThat(count(mail, "Mine")).isPositive();
            assertThat(count(mail, "Mine") + count(mail, TestBed.FOLDER)).isEqualTo(MANY);
        }
    }

    @Test
    void aFolderThatItsUserDeletesInTheMiddleOfARunIsMadeAgain() throws Exception {
        try (Dovecot mail = dovecot().start();
                TestBed bed = bed(mail)) {
            String run = many(bed);
            await().atMost(SOON).until(() -> count(mail, TestBed.FOLDER) > 0);
            try (Store user = user(mail)) {
                user.getFolder(TestBed.FOLDER).delete(true);
            }

            RunReport report = bed.ended(run);

            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.imported()).isEqualTo(MANY);
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("afterwards", "Text"));
            assertThat(bed.run(window).imported()).isEqualTo(1);
            assertThat(count(mail, TestBed.FOLDER)).isPositive();
        }
    }

    @Test
    void aFolderThatTheArchiverMayNotWriteIntoIsUndeliverableAtOnceWithItsReason() throws Exception {
        try (Dovecot mail = dovecot().withReadOnly(TestBed.FOLDER).start();
                TestBed bed = bed(mail)) {
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("forbidden", "Text"));

            RunReport report = bed.run(window);

            assertThat(report.failedByReason()).containsOnlyKeys(Reason.PERMISSION_DENIED);
            assertThat(bed.entries(Channel.UNDELIVERABLE, report))
                    .singleElement()
                    .extracting(Channels.Entry::detail)
                    .asString()
                    .contains("may not write into the folder", TestBed.FOLDER, TestBed.ANN, "NOPERM");
        }
    }

    @Test
    void whatAFullMailboxRefusesIsDeliveredByTheArchiversOwnRequeueOnceThereIsRoom() throws Exception {
        try (Dovecot mail = dovecot().withQuota("200k").start();
                TestBed bed = bed(mail)) {
            TestBed.Window before = bed.window();
            bed.add(before, TestBed.text("fills", "x".repeat(60_000)));
            assertThat(bed.run(before).imported()).isEqualTo(1);
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("too-much", "y".repeat(60_000)));
            String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
            await().atMost(SOON)
                    .until(() -> bed.items("too-much").containsKey(TestBed.ANN)
                            && bed.items("too-much").get(TestBed.ANN).state() == ItemState.RETRY);
            clock.advance(Duration.ofMinutes(16));
            RunReport failed = bed.ended(run);
            assertThat(failed.failedByReason()).containsOnlyKeys(Reason.QUOTA_EXCEEDED);
            Channels.Entry entry = bed.entries(Channel.UNDELIVERABLE, failed).get(0);
            try (Store user = user(mail)) {
                user.getFolder(TestBed.FOLDER).delete(true);
            }

            clock.advance(Duration.ofMinutes(61));

            await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 1);
            Channels.Entry closed =
                    bed.archiver().bean(Channels.class).find(entry.id()).orElseThrow();
            assertThat(closed.requeuedBy()).isEqualTo("archiver");
            assertThat(closed.closedBy()).isEqualTo("delivery");
            assertThat(bed.archiver().report(run).failed()).isZero();
            assertThat(count(mail, TestBed.FOLDER)).isEqualTo(1);
        }
    }

    private static Dovecot.Options dovecot() {
        return Dovecot.with(List.of(TestBed.ANN, TestBed.BEN));
    }

    private TestBed bed(Dovecot mail) throws Exception {
        return TestBed.start(
                folder,
                settings -> TestBed.byMaster(mail).apply(settings).clock(clock).set("archiver.chunk.messages", 5));
    }

    private static String many(TestBed bed) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < MANY; i++) {
            bed.add(window, TestBed.text("many-" + i, "Text"));
        }
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    private static int count(Dovecot mail, String name) throws MessagingException {
        try (Store user = user(mail)) {
            Folder folder = user.getFolder(name);
            return folder.exists() ? folder.getMessageCount() : 0;
        }
    }

    private static Store user(Dovecot mail) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(mail.host(), mail.imapPort(), TestBed.ANN, Dovecot.USER_PASSWORD);
        return store;
    }
}
