package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever asks how things stand while the database is down waits for it once. */
@ExtendWith(OutputCaptureExtension.class)
class LedgerOutTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    @Test
    void healthAndFindingsSayThatTheLedgerIsOutAfterOneTimeOutAndTheLogHasALineOfIt(CapturedOutput log)
            throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        try (EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"));
                TestBed bed = TestBed.start(folder, settings -> TestBed.with(mail)
                        .apply(settings)
                        .on(postgres)
                        .set("archiver.alerts.period", "1h")
                        .set("spring.datasource.hikari.connection-timeout", TIMEOUT.toMillis()))) {
            ApiClient api = new ApiClient(bed.archiver());
            assertThat(api.get("/actuator/health").body()).contains("\"db\":{\"status\":\"UP\"", "PostgreSQL");
            postgres.close();
            for (String path : List.of("/actuator/health", "/api/findings", "/console/health")) {
                long began = System.nanoTime();
                HttpResponse<String> answer = path.startsWith("/console")
                        ? ConsoleClient.of(
                                        bed.archiver().port(),
                                        "admin",
                                        bed.archiver().admin().read().value().orElseThrow())
                                .get(path)
                        : api.get(path);
                Duration taken = Duration.ofNanos(System.nanoTime() - began);
                assertThat(answer.body())
                        .as(path)
                        .containsAnyOf(
                                "\"db\":{\"status\":\"DOWN\"",
                                "the ledger cannot be asked",
                                "The ledger cannot be asked");
                assertThat(taken).as(path).isLessThan(TIMEOUT.multipliedBy(2));
            }
            await("the first line of it").atMost(Duration.ofMinutes(1)).until(() -> log.getAll()
                    .contains("The ledger is out of reach"));
            assertThat(log.getAll()).doesNotContain("\tat org.postgresql", "\tat com.zaxxer");
        }
    }
}
