package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.chatarchiver.ChatArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/** The command for a pipeline, which has route files and nothing else. */
class CheckRoutesTest {
    @TempDir
    private Path folder;

    private Path routes;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void copy() throws IOException {
        routes = folder.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    }

    /** The check is quiet, and what runs in this process behind it is to be heard. */
    @AfterEach
    void loudAgain() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void theShippedFilesAreGoodAndNothingIsMadeByTheCheck() throws IOException {
        assertThat(check(routes.toString())).isZero();
        assertThat(said()).contains("The route files are good.").doesNotContain("error:", "warning:");
        assertThat(folder).isDirectoryContaining(routes::equals).isDirectoryNotContaining(file -> !file.equals(routes));
    }

    @Test
    void badFilesAreToldWithTheirLinesAndEndInAnError() throws IOException {
        Path connector = routes.resolve("connectors/wechat.camel.yaml");
        Files.writeString(connector, Files.readString(connector).replace("0 15 2 * * ?", "daily"));
        Path deliver = routes.resolve("deliver.camel.yaml");
        Files.writeString(
                deliver, Files.readString(deliver).replace("microsoft-exchange:append", "microsoft-exchange:appnd"));

        assertThat(check(routes.toString())).isEqualTo(1);
        assertThat(said())
                .contains("error: connectors/wechat.camel.yaml:9: has the schedule 'daily'")
                .contains("error: deliver.camel.yaml:29: route 'append-batch' cannot be used:")
                .contains("appnd");
    }

    @Test
    void withoutADirectoryItTellsItsUsage() {
        assertThat(check(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(said()).startsWith("Usage: check-routes");
    }

    /** Nothing listens there, so that whoever opened it would wait for it. */
    @Test
    void theLedgerOfSeveralArchiversIsNotAskedEither() {
        assertThat(check(
                        routes.toString(),
                        "--archiver.landing=azure",
                        "--archiver.azure.container=landing",
                        "--archiver.azure.connection-string=UseDevelopmentStorage=true",
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"))
                .isZero();
        assertThat(said()).contains("The route files are good.");
    }

    private int check(String directory, String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of("check-routes", directory, "--archiver.data=" + folder.resolve("data")),
                        Stream.of(settings))
                .toArray(String[]::new);
        return CheckRoutes.run(ChatArchiver.class, arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
