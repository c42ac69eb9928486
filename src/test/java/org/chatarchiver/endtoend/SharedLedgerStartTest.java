package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start finds at a ledger in PostgreSQL: nobody, a later version's schema, another cluster's landing zone. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedLedgerStartTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String NAME = "landing-zone.json";

    @TempDir
    static Path folder;

    private static int port;
    private static SmallDay day;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void open() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        day = new SmallDay(folder);
    }

    @AfterAll
    static void close() throws IOException {
        day.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    void aLedgerThatIsNotThereYetIsWaitedForAndTheStartGoesOnByItself(CapturedOutput log) throws Exception {
        CompletableFuture<RunningArchiver> starting =
                CompletableFuture.supplyAsync(() -> settings().start());
        SmallDay.await().atMost(SOON).until(() -> log.getOut().contains("The start waits for the ledger"));
        assertThat(starting).isNotDone();

        postgres = EmbeddedPostgres.builder().setPort(port).start();

        try (RunningArchiver archiver = starting.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(new ApiClient(archiver).get("/actuator/health").body()).contains("\"db\":{\"status\":\"UP\"");
            assertThat(log.getOut().split("The start waits for the ledger", -1))
                    .as("said once a minute")
                    .hasSizeLessThan(4);
            assertThat(log).doesNotContain("\tat org.postgresql");
        }
    }

    @Test
    @Order(2)
    void anotherLandingZoneIsRefusedAndItsOwnIsNotAfterAsManyStarts() throws Exception {
        settings().start().close();
        String name = Files.readString(zone(day.home));
        ArchiverHome other = ArchiverHome.create(folder.resolve("other"));

        StartRefusedException empty = RefusedStart.of(at(other));
        assertThat(empty.getMessage()).contains("The ledger belongs to the landing zone ", "has no " + NAME);
        assertThat(name).contains(empty.getMessage().replaceAll(".*zone ([0-9a-f-]{36}), .*", "$1"));
        assertThat(empty.cure()).contains("archiver.landing", "archiver.azure.*", "spring.datasource.url", NAME);
        assertThat(zone(other)).doesNotExist();

        Files.createDirectories(zone(other).getParent());
        Files.writeString(zone(other), "{\"zone\":\"6f1d2c3b-0000-4000-8000-123456789abc\"}");
        assertThat(RefusedStart.of(at(other)))
                .hasMessageContaining("is the landing zone 6f1d2c3b-0000-4000-8000-123456789abc");

        Files.writeString(zone(other), name);
        at(other).start().close();
        settings().start().close();
        assertThat(zone(day.home)).hasContent(name);
    }

    /** A landing zone that is out keeps no archiver down, and is held against the ledger when it is there again. */
    @Test
    @Order(3)
    void nothingIsLandedInAnotherZoneThatComesOnlyAfterTheStart() throws Exception {
        Path landing = day.home.data().resolve("landing");
        Path aside = folder.resolve("aside");
        String name = Files.readString(zone(day.home));
        day.message("WECHAT", "one", "One");
        Files.move(landing, aside);
        Files.createDirectories(landing);
        // No answer that says anything.
        Files.createDirectory(zone(day.home));
        try (RunningArchiver archiver = settings().start()) {
            Files.delete(zone(day.home));
            assertThatThrownBy(() -> archiver.bean(Landings.class).has("wechat/mapping/x"))
                    .hasMessageContaining("landing zone");
            String run = day.start(archiver, "wechat");
            SmallDay.await().atMost(SOON).until(() -> new ApiClient(archiver)
                    .get("/api/channels/source")
                    .body()
                    .contains("LANDING_FAILED"));
            assertThat(archiver.report(run).pages()).isEmpty();
            assertThat(landing).isEmptyDirectory();

            Files.delete(landing);
            Files.move(aside, landing);
            SmallDay.await()
                    .ignoreExceptions()
                    .atMost(SOON)
                    .until(() -> day.run(archiver, "wechat").imported() == 1);
            assertThat(zone(day.home)).hasContent(name);
        }
    }

    @Test
    @Order(4)
    void aSchemaOfALaterVersionIsRefused(CapturedOutput log) {
        JdbcClient.create(postgres.getPostgresDatabase()).sql("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                    execution_time, success) values (99, '4711', 'later', 'SQL', 'V4711__later.sql', 1, 'x', 1, true)""").update();

        assertThatThrownBy(() -> settings().start())
                .hasStackTraceContaining("The ledger has a schema of version 4711, which this version");
        assertThat(log).contains("Start the later version again.");
    }

    private static RunningArchiver.Settings settings() {
        return day.settings()
                .set("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                .set("spring.datasource.username", "postgres")
                .set("spring.datasource.password", "postgres");
    }

    private static RunningArchiver.Settings at(ArchiverHome home) {
        return settings().set("archiver.routes", home.routes()).set("archiver.data", home.data());
    }

    private static Path zone(ArchiverHome home) {
        return home.data().resolve("landing").resolve(NAME);
    }
}
