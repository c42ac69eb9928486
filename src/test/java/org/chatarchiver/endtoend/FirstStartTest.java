package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** The program in a JVM of its own, started in an empty directory as README says. */
class FirstStartTest extends OwnJvm {
    @Test
    void anEmptyDirectoryAndTheRequiredSettingAreEnough() throws Exception {
        int port = freePort();
        Process archiver = start(port, FEED);
        try {
            assertThat(health(archiver, port)).contains("\"status\":\"DEGRADED\"");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("is ready"));
        } finally {
            stop(archiver);
        }
        assertThat(home.resolve("data/ledger/ledger.mv.db")).exists();
        assertThat(home.resolve("data/secrets/admin/password")).exists();
        assertThat(home.resolve("routes/connectors/wechat.camel.yaml"))
                .hasSameTextualContentAs(Path.of("routes/connectors/wechat.camel.yaml"));
        assertThat(log())
                .containsPattern(
                        "Chat Archiver .* is ready: wechat \\(next run 20.*T02:15:00Z, mapping file not usable\\), whatsapp .*; data in "
                                + home.resolve("data"))
                .doesNotContain("\tat ", "NaN", "Rejected[");
    }

    @Test
    void whatIsRelativeStartsAtTheWorkingDirectory() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), home.resolve("own/routes"));
        Path connector = home.resolve("own/routes/connectors/wechat.camel.yaml");
        Files.writeString(connector, Files.readString(connector).replace("data/mapping", "own/mapping"));
        Files.createDirectories(home.resolve("own/mapping"));
        Files.writeString(
                home.resolve("own/mapping/wechat.csv"),
                "External User ID,Microsoft 365 User Mailbox\n+447700900101,ann@example.com\n");
        int port = freePort();
        Process archiver = start(port, FEED, "--archiver.data=./own/data", "--archiver.routes=own/routes");
        try {
            health(archiver, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains(
                            "wechat uses a mapping of 1 rows"));
        } finally {
            stop(archiver);
        }
        assertThat(home.resolve("own/data/ledger/ledger.mv.db")).exists();
        assertThat(home.resolve("routes")).doesNotExist();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void aMissingSettingIsNamedWithItsCureAndEndsTheProcess() throws Exception {
        assertThat(refused()).isEqualTo(1);
        assertThat(log())
                .contains(
                        "archiver.telemessage.base-url is not set",
                        "--archiver.telemessage.base-url=",
                        "ARCHIVER_TELEMESSAGE_BASEURL")
                .doesNotContain("null", "Update your application's configuration", "\tat ");
        assertThat(home).as("nothing was made").isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "archiver.telemessage.base-url, ftp://x, only https:// is taken",
        "archiver.telemessage.retention, seven, a valid duration",
        "archiver.landing, s3, file or azure",
        "archiver.security.users[0].roles, ROOT, 'some of DATA_CONNECTOR_ADMIN, COMPLIANCE_READER'"
    })
    void aSettingThatCannotBeUsedIsNamedBeforeAnythingIsMade(String setting, String value, String cure)
            throws Exception {
        String wrong = "--" + setting + "=" + value;
        assertThat(FEED.startsWith("--" + setting) ? refused(wrong) : refused(FEED, wrong))
                .isEqualTo(1);
        assertThat(log()).contains(setting, value, cure).doesNotContain("\tat ", "bean of type");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aLedgerThatCannotBeOpenedIsNamedWithItsCure() throws Exception {
        assertThat(refused(FEED, "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + freePort() + "/ledger"))
                .isEqualTo(1);
        assertThat(log()).contains("spring.datasource.url", "refused").doesNotContain("\tat ");
    }

    @Test
    void anArchiverThatWaitsForPostgresqlSaysSoAndCanBeStopped() throws Exception {
        Process archiver = start(
                freePort(), FEED, "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + freePort() + "/ledger");
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> log().contains(
                            "The start waits for the ledger (spring.datasource.url)"));
            assertThat(archiver.isAlive()).isTrue();
            archiver.destroy();
            assertThat(archiver.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            stop(archiver);
        }
        assertThat(log()).contains("refused").doesNotContain("\tat ");
    }

    @Test
    void aDirectoryOfRoutesThatWasNamedAndIsMissingIsRefused() throws Exception {
        assertThat(refused(FEED, "--archiver.routes=misspelt")).isEqualTo(1);
        assertThat(log()).contains("archiver.routes=", "misspelt").doesNotContain("\tat ");
    }

    @Test
    void whatIsRefusedLateEndsTheProcessThoughHealthIsBeingAskedFor() throws Exception {
        int port = freePort();
        try (HealthProbes probes = new HealthProbes(port)) {
            assertThat(refused(port, FEED, "--spring.main.sources=" + RefusedStartsTest.LateRefusal.class.getName()))
                    .isEqualTo(1);
            assertThat(probes.connected()).as("the port was open").isPositive();
        }
        assertThat(log())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .contains("The archiver cannot start: IllegalStateException: refused late")
                .doesNotContain("Probe in group");
    }
}
