package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start of an operator who has set everything but the mapping file. */
class MissingMappingTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private SmallDay day;
    private String mapping;

    @BeforeEach
    void takeTheFileAway() throws IOException {
        day = new SmallDay(folder);
        mapping = Files.readString(day.home.mapping("wechat"));
        Files.delete(day.home.mapping("wechat"));
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @Test
    void pagesWaitAndTheReportSaysForWhatUntilTheFileIsPutThere() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        try (RunningArchiver archiver = day.settings().start()) {
            ApiClient api = new ApiClient(archiver);
            String run = day.start(archiver, "wechat");
            SmallDay.await()
                    .atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(api.get("/api/runs/" + run).body())
                                    .contains(
                                            "\"state\":\"RUNNING\"",
                                            "0 to come; 1 page is still to be read.",
                                            "\"pagesUnread\":1",
                                            "\"waitingFor\":\"The mapping file of 'wechat' is not there, and its pages wait until it is put there"));
            assertThat(api.get("/actuator/health").body()).contains("DEGRADED", day.home.mapping("wechat") + "");

            Files.writeString(day.home.mapping("wechat"), mapping);

            SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(
                            api.get("/api/runs/" + run).body())
                    .contains("\"state\":\"COMPLETE\"", "\"imported\":1", "\"pagesUnread\":0", "\"waitingFor\":null"));
        }
    }
}
