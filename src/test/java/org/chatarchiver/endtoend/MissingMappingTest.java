package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.alert.Alerting;
import org.chatarchiver.archive.Archiving;
import org.chatarchiver.archive.PageWaitsException;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start of an operator who has set everything but a mapping file that can be used. */
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
    void aFileThatIsRefusedIsSeenEverywhereByItsLine() throws Exception {
        Files.writeString(day.home.mapping("wechat"), mapping.replace("+447700900101", "447700900101.0"));
        day.message("WECHAT", "one", "Alpha");
        try (RunningArchiver archiver = day.settings()
                .set("archiver.alerts.to", "operator@example.com")
                .set("archiver.alerts.from", "archiver@example.com")
                .set("archiver.alerts.host", "127.0.0.1")
                .set("archiver.alerts.delay", "1h")
                .start()) {
            ApiClient api = new ApiClient(archiver);
            String run = day.start(archiver, "wechat");
            String sentence =
                    "The mapping file of 'wechat' is refused, and its pages wait until it is mended: Line 2: The External User ID '447700900101.0'";
            SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(
                            api.get("/api/runs/" + run).body())
                    .contains("\"pagesUnread\":1", sentence));
            assertThat(api.get("/actuator/health").body()).contains("\"status\":\"DEGRADED\"", sentence);
            assertThat(api.get("/actuator/prometheus").body())
                    .contains("archiver_mapping_refused{connector=\"wechat\"} 1.0");
            assertThat(archiver.bean(Alerting.class).due())
                    .filteredOn(alert -> alert.cause() == AlertCause.MAPPING_REFUSED)
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.text()).contains(sentence));
        }
    }

    @Test
    void pagesWaitAndTheReportSaysForWhatUntilTheFileIsPutThereWhateverTheSweepIs() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        try (RunningArchiver archiver =
                day.settings().set("archiver.sweep", "1h").start()) {
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

    @Test
    void aPageThatIsStillInWorkWhenTheFileBecomesUsableGoesOnAsWell() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        try (RunningArchiver archiver =
                day.settings().set("archiver.sweep", "1h").start()) {
            ApiClient api = new ApiClient(archiver);
            String run = day.start(archiver, "wechat");
            Exchange work = new DefaultExchange(archiver.bean(CamelContext.class));
            SmallDay.await()
                    .atMost(SOON)
                    .ignoreExceptionsInstanceOf(IllegalArgumentException.class)
                    .until(() -> archiver.bean(Archiving.class).open(run + "/1", work) != null);
            Files.writeString(day.home.mapping("wechat"), mapping);
            SmallDay.await().atMost(SOON).during(Duration.ofSeconds(1)).until(() -> api.get("/api/runs/" + run)
                    .body()
                    .contains("\"waitingFor\":null"));

            work.setProperty(Exchange.EXCEPTION_CAUGHT, PageWaitsException.told("It was not there."));
            work.getExchangeExtension().handoverCompletions().forEach(end -> end.onFailure(work));

            SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(
                            api.get("/api/runs/" + run).body())
                    .contains("\"state\":\"COMPLETE\"", "\"imported\":1"));
        }
    }
}
