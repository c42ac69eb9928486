package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever reads the log at night finds what is wrong, and not what goes on all the time. */
@ExtendWith(OutputCaptureExtension.class)
class QuietHourTest {
    /** Of what is done once a minute. */
    private static final int TURNS = 60;

    @TempDir
    Path folder;

    @Test
    void anHourInWhichNothingHappensIsTenLinesAtMost(CapturedOutput log) throws Exception {
        try (EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"));
                TestBed bed = TestBed.start(
                        folder,
                        settings -> TestBed.with(mail)
                                .apply(settings)
                                .set("archiver.sweep", 100)
                                .set("archiver.sweep-runs", 100)
                                .set("archiver.alerts.period", 100),
                        QuietHourTest::hurry)) {
            await("the last line of the start").until(() -> log.getAll().contains("is ready"));
            long before = log.getAll().lines().count();

            CamelContext routes = bed.archiver().bean(CamelContext.class);
            for (String timer : List.of("sweep-pages", "sweep-runs", "find-alerts", "adopt-pages", "sweep-mappings")) {
                await(timer).atMost(Duration.ofMinutes(3)).until(() -> turns(routes, timer) >= TURNS);
            }

            assertThat(log.getAll().lines().skip(before)).hasSizeLessThanOrEqualTo(10);
        }
    }

    private static long turns(CamelContext routes, String timer) throws Exception {
        return routes.getCamelContextExtension()
                .getContextPlugin(ManagedCamelContext.class)
                .getManagedRoute(timer)
                .getExchangesTotal();
    }

    private static void hurry(ArchiverHome home) throws IOException {
        Path mapping = home.routes().resolve("mapping.camel.yaml");
        String text = Files.readString(mapping);
        assertThat(text).contains("period: 5000", "delay: 5000");
        Files.writeString(mapping, text.replace(": 5000", ": 100"));
    }
}
