package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code java -jar} in an empty directory: what is packaged is what the tests have seen. Runs behind {@code mvn package}. */
class PackagedStartIT extends OwnJvm {
    private static final Path JAR = Path.of(System.getProperty("archiver.jar"));

    @Override
    List<String> program() {
        return List.of("-jar", JAR.toAbsolutePath().toString());
    }

    @Test
    void theRequiredSettingIsEnoughAndTheLastLineOfTheStartTellsWhatRuns() throws Exception {
        int port = freePort();
        Process archiver = start(port, FEED);
        try {
            assertThat(health(archiver, port)).contains("\"status\":\"DEGRADED\"");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("is ready"));
        } finally {
            stop(archiver);
        }
        assertThat(log())
                .containsPattern("Chat Archiver \\d+\\.\\d+\\.\\d+ is ready: wechat \\(next run .*; data in "
                        + home.resolve("data"))
                .doesNotContain("\tat ", "NaN");
        assertThat(home.resolve("routes/connectors/wechat.camel.yaml"))
                .hasSameTextualContentAs(Path.of("routes/connectors/wechat.camel.yaml"));
        assertThat(Files.getPosixFilePermissions(home.resolve("data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aRefusedStartEndsWithItsReasonOpensNoPortAndLeavesNothingWhileHealthIsBeingAskedFor() throws Exception {
        for (String setting : List.of("--archiver.sweep=1m", "--archiver.telemessage.base-url=ftp://x")) {
            int port = freePort();
            try (HealthProbes probes = new HealthProbes(port)) {
                assertThat(refused(port, setting)).isEqualTo(1);
                assertThat(probes.connected()).isZero();
            }
            assertThat(log()).contains("archiver.telemessage.base-url").doesNotContain("\tat ");
            assertThat(home).isEmptyDirectory();
        }
    }
}
