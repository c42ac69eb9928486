package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;
import org.chatarchiver.servers.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or cannot be written, on a real file system of a few megabytes. */
class DiskTest {
    private static final String FOLDER = "WeChat Archiver";
    private static final long FOUR_MEGABYTES = 4L * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void aFullLandingDirectoryFailsTheRunInASentenceAndTheNextOneAfterItIsMendedHasEverything() throws Exception {
        try (SmallDay day = new SmallDay(folder);
                SmallDisk disk = SmallDisk.at(day.home.data().resolve("landing"), "2m")) {
            large(day, "large");
            try (RunningArchiver archiver = settings(day).start()) {
                RunReport full = day.run(archiver, "wechat");

                assertFailed(archiver, full, "No space left on device");
                assertThat(temporaryFiles(day.home.data())).isEmpty();
                assertThat(files(day.home.data().resolve("landing"), ".json.gz"))
                        .isEmpty();

                disk.resize("64m");
                assertDelivered(day, archiver);
                assertThat(temporaryFiles(day.home.data())).isEmpty();
            }
        }
    }

    @Test
    void aFullStagingDirectoryIsNoFaultOfTheFeedEither() throws Exception {
        try (SmallDay day = new SmallDay(folder);
                SmallDisk disk = SmallDisk.at(day.home.data().resolve("staging"), "2m")) {
            large(day, "large");
            try (RunningArchiver archiver = settings(day).start()) {
                assertFailed(archiver, day.run(archiver, "wechat"), "No space left on device");

                disk.resize("64m");
                assertDelivered(day, archiver);
            }
        }
    }

    @Test
    void aLandingDirectoryThatIsReadOnlyFailsTheRunUntilItCanBeWritten() throws Exception {
        try (SmallDay day = new SmallDay(folder);
                SmallDisk disk = SmallDisk.at(day.home.data().resolve("landing"), "64m")) {
            large(day, "large");
            // Before the start, behind which the mapping files are kept there.
            disk.readOnly(true);
            try (RunningArchiver archiver = settings(day).start()) {
                assertFailed(archiver, day.run(archiver, "wechat"), "Read-only file system");

                disk.readOnly(false);
                assertDelivered(day, archiver);
            }
        }
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsRefusedAtStartByItsName() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), "64m");
                SmallDay day = new SmallDay(folder.resolve("disk"))) {
            disk.readOnly(true);

            StartRefusedException refused = RefusedStart.of(settings(day));

            assertThat(refused)
                    .hasMessageContainingAll(
                            "The data directory", day.home.data().toString(), "cannot be written");
            assertThat(refused.cure()).contains("write permission and free space");
            disk.readOnly(false);
        }
    }

    @Test
    void aDiskThatIsFullForTheLedgerTooLosesNothingAndWorkGoesOnWhenThereIsSpaceAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), "64m");
                SmallDay day = new SmallDay(folder.resolve("disk"))) {
            day.message("WECHAT", "one", "One");
            try (RunningArchiver archiver = settings(day).start()) {
                assertThat(day.run(archiver, "wechat").imported()).isEqualTo(1);
                large(day, "large");
                Path filler = disk.fill();
                Throwable refused = catchThrowable(() -> day.run(archiver, "wechat"));
                Files.delete(filler);

                if (refused == null) {
                    assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(1);
                }
                SmallDay.await()
                        .atMost(Duration.ofMinutes(3))
                        .ignoreExceptions()
                        .until(() -> day.run(archiver, "wechat").run().state() == Run.State.COMPLETE);
                assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
            }
            try (RunningArchiver archiver = settings(day).start()) {
                assertThat(day.run(archiver, "wechat").skipped()).isEqualTo(2);
                assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
            }
        }
    }

    private static RunningArchiver.Settings settings(SmallDay day) {
        return day.settings().set("archiver.telemessage.retry.retries", 1).set("archiver.sweep", 500);
    }

    /** A message that takes more than two megabytes on any disk, since random bytes cannot be packed. */
    private static void large(SmallDay day, String id) {
        day.feed.add(
                "WECHAT",
                Instant.now().minusSeconds(600),
                LargeMessage.withAttachment(
                        TestBed.text(id, "A film")
                                .put("msisdn", "+447700900101")
                                .put("from", "+447700900101"),
                        "film.mp4",
                        "video/mp4",
                        new GeneratedContent(FOUR_MEGABYTES, 1)));
    }

    private static void assertFailed(RunningArchiver archiver, RunReport report, String why) {
        assertThat(report.run().state()).isEqualTo(Run.State.FAILED);
        assertThat(report.run().reason()).isEqualTo(Reason.LANDING_FAILED);
        assertThat(report.run().detail()).contains(why);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).isEqualTo(Reason.LANDING_FAILED));
    }

    private static void assertDelivered(SmallDay day, RunningArchiver archiver) {
        RunReport mended = day.run(archiver, "wechat");
        assertThat(mended.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(mended.imported()).isEqualTo(1);
        assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(1);
    }

    private static List<Path> temporaryFiles(Path data) throws IOException {
        return Stream.concat(files(data, ".part").stream(), files(data, ".tmp").stream())
                .toList();
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
