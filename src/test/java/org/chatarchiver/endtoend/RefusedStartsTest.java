package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Starts that are refused while somebody asks for health every 50 ms: each ends, and those that the archiver refuses open no port. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartsTest {
    private static final int STARTS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private SmallDay day;
    private int port;
    private HealthProbes probes;

    /** Refuses when the port is open already, as a library may. */
    static class LateRefusal implements ApplicationListener<ContextRefreshedEvent> {
        @Override
        public void onApplicationEvent(ContextRefreshedEvent event) {
            throw new IllegalStateException("refused late");
        }
    }

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
        port = OwnJvm.freePort();
        probes = new HealthProbes(port);
    }

    @AfterEach
    void close() throws IOException {
        probes.close();
        day.close();
    }

    @Test
    void aBadSharedFileIsFoundBeforeThePortIsOpen() throws IOException {
        Path file = day.home.routes().resolve("fetch.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("direct:land-object", "direct:nobody"));
        refusedOverAndOver("fetch.camel.yaml");
        assertThat(probes.connected()).isZero();
    }

    @Test
    void anUnknownComponentIsFoundBeforeThePortIsOpen() throws IOException {
        Files.writeString(
                day.home.routes().resolve("errors.camel.yaml"),
                "        - to: nosuchcomponent:x\n",
                StandardOpenOption.APPEND);
        refusedOverAndOver("nosuchcomponent");
        assertThat(probes.connected()).isZero();
    }

    @Test
    void aLedgerThatALaterVersionHasChangedIsRefusedBeforeThePortIsOpen(CapturedOutput output) {
        settings().set("server.port", 0).start().close();
        JdbcTemplate ledger = new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:h2:file:" + day.home.data().resolve("ledger").resolve("ledger")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "sa",
                ""));
        ledger.update("""
                insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "checksum",
                    "installed_by", "execution_time", "success")
                values (99, '4711', 'later', 'SQL', 'V4711__later.sql', 1, 'sa', 1, true)""");
        int rows = count(ledger);

        refusedOverAndOver("The ledger has a schema of version 4711");

        assertThat(probes.connected()).isZero();
        assertThat(count(ledger)).as("nothing was migrated").isEqualTo(rows);
        assertThat(output)
                .contains("which this version of Chat Archiver does not know: a later one has been at work on it.")
                .contains("Start the later version again.");
        assertThat(output.getAll().lines().filter(line -> line.startsWith("\tat ")))
                .as("a sentence, and no stack trace")
                .isEmpty();
    }

    private static int count(JdbcTemplate ledger) {
        return ledger.queryForObject("select count(*) from \"flyway_schema_history\"", Integer.class);
    }

    @Test
    void whatIsRefusedAfterThePortIsOpenEndsTheStartToo(CapturedOutput output) {
        refusedOverAndOver("refused late", settings().set("spring.main.sources", LateRefusal.class.getName()));
        assertThat(probes.connected()).as("the probes came through").isPositive();
        assertThat(output).as("routes that go on").doesNotContain("Failed delivery", "Error processing exchange");
    }

    private void refusedOverAndOver(String reason) {
        refusedOverAndOver(reason, settings());
    }

    private static void refusedOverAndOver(String reason, RunningArchiver.Settings settings) {
        for (int i = 0; i < STARTS; i++) {
            Assertions.assertTimeoutPreemptively(
                    LONGEST, () -> assertThatThrownBy(settings::start).hasStackTraceContaining(reason));
        }
    }

    private RunningArchiver.Settings settings() {
        return day.settings().set("server.port", port);
    }
}
