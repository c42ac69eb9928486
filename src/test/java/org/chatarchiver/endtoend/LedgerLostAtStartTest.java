package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.FaultyProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The ledger's PostgreSQL goes when a start has brought it to its schema, and no port is open yet. */
@ExtendWith(OutputCaptureExtension.class)
class LedgerLostAtStartTest {
    private static final int TRIES = 5;

    private static final Duration SOON = Duration.ofMinutes(2);

    private static FaultyProxy proxy;
    private static boolean shortly;
    private static CompletableFuture<Void> mended;

    @TempDir
    Path folder;

    static class Outage implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (name.equals("flywayInitializer")) {
                proxy.refuse(true);
                int before = proxy.accepted();
                if (shortly) {
                    mended = CompletableFuture.runAsync(() -> {
                        SmallDay.await().atMost(SOON).until(() -> proxy.accepted() > before + TRIES);
                        proxy.refuse(false);
                    });
                }
            }
            return bean;
        }
    }

    @Test
    void aShortOutageIsWaitedForAndALongOneEndsTheStartWithItsReason(CapturedOutput log) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                SmallDay day = new SmallDay(folder);
                FaultyProxy before = FaultyProxy.before(postgres.getPort())) {
            proxy = before;
            RunningArchiver.Settings settings = day.settings()
                    .on(postgres)
                    .set("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + before.port() + "/postgres")
                    .set("spring.datasource.hikari.connection-timeout", "2000")
                    .set("spring.main.sources", Outage.class.getName());

            assertThatThrownBy(settings::start).hasStackTraceContaining("org.postgresql.util.PSQLException");

            assertThat(log).contains("The ledger (spring.datasource.url) cannot be opened: ", "Then start again.");

            before.refuse(false);
            shortly = true;
            try (RunningArchiver archiver = settings.set("spring.datasource.hikari.connection-timeout", "60000")
                    .start()) {
                assertThat(mended).isCompleted();
                assertThat(new ApiClient(archiver).get("/actuator/health").body())
                        .contains("\"db\":{\"status\":\"UP\"");
            }
        }
    }
}
