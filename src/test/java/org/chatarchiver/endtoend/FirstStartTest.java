package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.chatarchiver.ChatArchiver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** The program in a JVM of its own, started in an empty directory as README says. */
class FirstStartTest {
    private static final String FEED = "--archiver.telemessage.base-url=https://feed.example.com";

    @TempDir
    private Path folder;

    private Path home;
    private Path output;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        output = folder.resolve("output.log");
        // Maven has put them among the classes; whoever compiles by other means has not.
        if (getClass().getResource("/shipped-routes") == null) {
            FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("classes/shipped-routes"));
        }
    }

    @Test
    void anEmptyDirectoryAndTheRequiredSettingAreEnough() throws Exception {
        int port = freePort();
        Process archiver = start("--server.port=" + port, FEED);
        try {
            assertThat(health(archiver, port)).contains("\"status\":\"DEGRADED\"");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("is ready"));
        } finally {
            archiver.destroy();
            assertThat(archiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
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
        Process archiver =
                start("--server.port=" + port, FEED, "--archiver.data=./own/data", "--archiver.routes=own/routes");
        try {
            health(archiver, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains(
                            "wechat uses a mapping of 1 rows"));
        } finally {
            archiver.destroy();
            assertThat(archiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
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
        assertThat(refused(FEED, "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + freePort() + "/ledger"))
                .isEqualTo(1);
        assertThat(log()).contains("spring.datasource.url", "refused").doesNotContain("\tat ");
    }

    @Test
    void aDirectoryOfRoutesThatWasNamedAndIsMissingIsRefused() throws Exception {
        assertThat(refused(FEED, "--archiver.routes=misspelt")).isEqualTo(1);
        assertThat(log()).contains("archiver.routes=", "misspelt").doesNotContain("\tat ");
    }

    private int refused(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--server.port=" + freePort()));
        all.addAll(List.of(arguments));
        Process archiver = start(all.toArray(String[]::new));
        assertThat(archiver.waitFor(2, TimeUnit.MINUTES)).as(log()).isTrue();
        return archiver.exitValue();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("classes") + File.pathSeparator + classPath(),
                ChatArchiver.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Its parts may be relative to another directory than that of the process. */
    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private String health(Process archiver, int port) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> {
                            assertThat(archiver.isAlive()).as(log()).isTrue();
                            try {
                                return http.send(request, HttpResponse.BodyHandlers.ofString())
                                        .body();
                            } catch (IOException notYet) {
                                return "";
                            }
                        },
                        body -> !body.isEmpty());
    }

    private String log() throws IOException {
        return Files.readString(output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
