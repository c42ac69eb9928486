package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One huge page through an archiver with a small heap; {@code -Dpage.megabytes=300} makes it smaller than what is promised. */
@RequiresProgram("dovecot")
class GigabytePageTest {
    private static final int SIZE = Integer.getInteger("page.megabytes", 1024);
    private static final int MB = 1024 * 1024;
    /** Decoded; 9 MB are delivered, the larger ones left out. */
    private static final List<Integer> FILES = List.of(9, 30, 3, 90);

    private static final int SMALL = 500;

    @TempDir
    Path folder;

    @Test
    void aHugePagePassesThroughAHeapOf256Megabytes() throws Exception {
        try (SmallHeap bed = SmallHeap.start(folder, TestBed.MAPPING, List.of(TestBed.ANN))) {
            TestBed.Window window = bed.window();
            int large = addMessages(bed, window);

            JsonNode report = bed.run(window);

            assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETE");
            assertThat(report.path("imported").asInt()
                            + report.path("partiallyImported").asInt())
                    .isEqualTo(SMALL + large);
            assertThat(report.path("pages"))
                    .singleElement()
                    .satisfies(page -> assertThat(page.path("size").asLong()).isGreaterThan((long) SIZE * MB));
            assertThat(bed.temporaryFiles()).isEmpty();
        }
    }

    private static int addMessages(SmallHeap bed, TestBed.Window window) {
        int files = 0;
        int smallAfterEach = 20;
        int small = 0;
        for (long bytes = 0; bytes * 4 / 3 < (long) SIZE * MB; files++) {
            GeneratedContent content = new GeneratedContent((long) FILES.get(files % FILES.size()) * MB, files);
            bed.add(
                    window,
                    LargeMessage.withAttachment(
                            TestBed.text("large-" + files, "A large file"), "film.mp4", "video/mp4", content));
            bytes += content.size();
            for (int i = 0; i < smallAfterEach && small < SMALL; i++) {
                bed.add(window, small(small++));
            }
        }
        while (small < SMALL) {
            bed.add(window, small(small++));
        }
        return files;
    }

    private static ObjectNode small(int number) {
        return TestBed.text("small-" + number, "Small " + number);
    }
}
