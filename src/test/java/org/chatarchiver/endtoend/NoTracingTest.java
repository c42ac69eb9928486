package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The program in a JVM of its own, which writes down the classes that it loads: without a collector, none that traces. */
class NoTracingTest extends OwnJvm {
    @Override
    List<String> program() throws IOException {
        List<String> program = new ArrayList<>(List.of("-Xlog:class+load:file=" + classes()));
        program.addAll(super.program());
        return program;
    }

    private Path classes() {
        return folder.resolve("classes.log");
    }

    @Test
    void withoutACollectorNothingThatTracesIsLoaded() throws Exception {
        int port = freePort();
        Process archiver = start(port, FEED);
        try {
            health(archiver, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("is ready"));
        } finally {
            stop(archiver);
        }
        assertThat(Files.readString(classes()))
                .contains("org.chatarchiver.observation.TracingAsked")
                .doesNotContain(
                        " io.opentelemetry.sdk.",
                        " io.opentelemetry.exporter.",
                        " org.chatarchiver.observation.WorkSpans",
                        " org.chatarchiver.observation.TracingConfiguration");
    }
}
