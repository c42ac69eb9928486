package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LargePageTest {
    @TempDir
    private Path directory;

    /** A text that is just too long takes most of the heap; attachments of the same size take next to none. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aPageOf300MegabytesPassesInASmallHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePage.class.getName(),
                        directory.resolve("spool").toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("scanned 24", "read 21, malformed 3");
            assertThat(directory.resolve("spool")).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }
}
