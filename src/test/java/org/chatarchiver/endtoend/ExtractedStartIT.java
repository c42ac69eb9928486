package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The way of README to a short start: the jar extracted, and its classes in an archive that the JVM maps. Runs behind {@code mvn package}. */
class ExtractedStartIT extends OwnJvm {
    private static final Path JAR = Path.of(System.getProperty("archiver.jar"));

    private final List<String> flags = new ArrayList<>();

    @Override
    List<String> program() {
        List<String> program = new ArrayList<>(flags);
        program.addAll(List.of("-jar", extracted().toString()));
        return program;
    }

    private Path extracted() {
        return folder.resolve("extracted").resolve(JAR.getFileName());
    }

    @Test
    void aTrainingRunEndsByItselfAndTheNextStartTakesItsClassesFromTheArchive() throws Exception {
        extract();
        Path archive = folder.resolve("classes.jsa");
        Path loaded = folder.resolve("loaded");

        flags.add("-XX:ArchiveClassesAtExit=" + archive);
        Process training =
                start(0, "--archiver.telemessage.base-url=https://127.0.0.1:9", "--camel.main.duration-max-seconds=1");
        assertThat(training.waitFor(2, TimeUnit.MINUTES)).as(log()).isTrue();
        assertThat(training.exitValue()).as(log()).isZero();
        assertThat(archive).isNotEmptyFile();

        flags.clear();
        flags.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + loaded));
        int port = freePort();
        Process archiver = start(port, FEED);
        try {
            assertThat(health(archiver, port)).contains("\"status\":\"DEGRADED\"");
        } finally {
            stop(archiver);
        }
        assertThat(loaded).content().contains("org.chatarchiver.ChatArchiver source: shared objects file (top)");
        assertThat(fromArchive(loaded)).isGreaterThan(10_000);
    }

    private void extract() throws Exception {
        Process extraction = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "extract",
                        "--destination",
                        extracted().getParent().toString())
                .inheritIO()
                .start();
        assertThat(extraction.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(extraction.exitValue()).isZero();
    }

    private static long fromArchive(Path loaded) throws IOException {
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains("source: shared objects file"))
                .count();
    }
}
