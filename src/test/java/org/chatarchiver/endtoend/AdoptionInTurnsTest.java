package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Taking in what landed and is not recorded, by one of several archivers with one ledger at a time. */
@ExtendWith(OutputCaptureExtension.class)
class AdoptionInTurnsTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    @Test
    void theSecondWaitsSaysSoAndTakesOverWhenTheFirstIsDead(CapturedOutput log) throws Exception {
        try (SmallDay day = new SmallDay(folder);
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                RunningArchiver archiver =
                        day.settings().on(postgres).set("archiver.sweep", 300).start()) {
            JdbcClient ledger = JdbcClient.create(postgres.getPostgresDatabase());
            day.message("WECHAT", "one", "One");
            Run run = day.run(archiver, "wechat").run();
            SmallDay.await().atMost(SOON).until(() -> takeAs(ledger, "pod-b"));
            land(archiver, run);

            SmallDay.await().atMost(SOON).until(() -> log.getOut()
                    .contains("pod-b looks through the landing zone for pages that the ledger does not know; this"
                            + " archiver waits for its turn"));
            SmallDay.await()
                    .during(Duration.ofSeconds(2))
                    .until(() -> archiver.report(run.id()).pages().size() == 1);

            // Two minutes later.
            ledger.sql("update task_lease set lease_until = current_timestamp - interval '1' second")
                    .update();

            SmallDay.await().atMost(SOON).until(() -> archiver.report(run.id()).imported() == 2);
            assertThat(log.getOut().split("waits for its turn", -1))
                    .as("said once")
                    .hasSize(2);
        }
    }

    /** By an archiver that dies then. */
    private static boolean takeAs(JdbcClient ledger, String name) {
        return ledger.sql(
                                "insert into task_lease values ('adoption', 'w', ?, current_timestamp + interval '1' hour) on conflict do nothing")
                        .params(name)
                        .update()
                == 1;
    }

    private static void land(RunningArchiver archiver, Run run) throws IOException {
        String path = LandingPath.of(run.connector(), run.started(), run.id()).page(2);
        String page = "{\"messages\":["
                + TestBed.text("landed-2", "Text")
                        .put("msisdn", "+447700900101")
                        .put("from", "+447700900101") + "]}";
        archiver.bean(Landings.class)
                .land(archiver.bean(Staging.class)
                        .stage(path, new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), unread -> null));
    }
}
