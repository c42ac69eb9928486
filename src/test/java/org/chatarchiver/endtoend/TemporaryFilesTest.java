package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed archiver leaves on the disk is gone once the next one runs. */
@RequiresProgram("dovecot")
class TemporaryFilesTest {
    private static final int MB = 1024 * 1024;
    private static final int FILMS = 6;

    @TempDir
    Path folder;

    private SmallHeap bed;
    private TestBed.Window window;

    /** Large enough that a kill comes in the middle of it. */
    @BeforeEach
    void startWithALargePage() throws IOException {
        bed = SmallHeap.start(folder, TestBed.MAPPING, List.of(TestBed.ANN));
        window = bed.window();
        for (int i = 0; i < FILMS; i++) {
            bed.add(
                    window,
                    LargeMessage.withAttachment(
                            TestBed.text("film-" + i, "Film " + i),
                            "film.mp4",
                            "video/mp4",
                            new GeneratedContent(9 * MB, i)));
        }
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
    }

    @Test
    void aPageThatWasBeingFetchedLeavesNothingBehind() throws Exception {
        bed.begin(window);
        until(() -> !bed.stagedFiles().isEmpty());
        bed.kill();
        List<Path> left = bed.stagedFiles();
        assertThat(left).isNotEmpty();

        bed.startAgain();

        assertThat(left).noneSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void attachmentsThatWereBeingDeliveredLeaveNothingBehindAndArrive() throws Exception {
        String run = bed.begin(window);
        until(() -> !bed.spooledFiles().isEmpty());
        bed.kill();
        List<Path> left = bed.spooledFiles();
        assertThat(left).isNotEmpty();

        bed.startAgain();

        assertThat(left).noneSatisfy(file -> assertThat(file).exists());
        JsonNode report = bed.ended(run);
        assertThat(report.path("imported").asInt()).as(report.toString()).isEqualTo(FILMS);
        assertThat(bed.temporaryFiles()).isEmpty();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(5)).until(condition);
    }
}
