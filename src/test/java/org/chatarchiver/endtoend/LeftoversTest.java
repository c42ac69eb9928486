package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves on the disk. */
class LeftoversTest {
    @TempDir
    Path folder;

    @Test
    void temporaryFilesAreGoneAfterAKillInTheMiddleOfAPageAndARestart() throws Exception {
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector(TestBed.WECHAT, "0 0 0 1 1 ? 2099", TestBed.MAPPING, "secret");
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        TestBed.Window window = new TestBed.Window(end.minus(1, ChronoUnit.HOURS), end);
        try (FeedSimulator feed = new FeedSimulator()) {
            feed.account(new FeedAccount("ops", "secret", Set.of("WECHAT")));
            for (int i = 0; i < 10; i++) {
                feed.add(
                        "WECHAT",
                        window.from().plusSeconds(1),
                        LargeMessage.withAttachment(
                                TestBed.text("large-" + i, "A film"),
                                "film.mp4",
                                "video/mp4",
                                new GeneratedContent(30L * 1024 * 1024, i)));
            }
            Map<String, String> settings = Map.of(
                    "archiver.routes", home.routes().toString(),
                    "archiver.data", home.data().toString(),
                    "archiver.telemessage.base-url", feed.baseUrl().toString());
            try (ArchiverProcess archiver =
                    ArchiverProcess.start("256m", home.data(), settings, folder.resolve("first.log"))) {
                archiver.run(TestBed.WECHAT, window);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> !temporaryFiles(home.data()).isEmpty());
                archiver.kill();
            }
            assertThat(temporaryFiles(home.data()))
                    .as("left by the killed process")
                    .isNotEmpty();
            Path copies = Files.createDirectories(home.data().resolve("landing/.copies/of-a-dead-process"));
            Files.writeString(copies.resolve(".1.part"), "half a page");

            try (ArchiverProcess archiver =
                    ArchiverProcess.start("256m", home.data(), settings, folder.resolve("second.log"))) {
                assertThat(archiver.get("/api/connectors").toString()).contains("wechat");
                assertThat(temporaryFiles(home.data())).isEmpty();
            }
        }
    }

    private static List<Path> temporaryFiles(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().matches(".*\\.(part|tmp|new)|.*/\\.writable-.*"))
                    .toList();
        } catch (UncheckedIOException | IOException e) {
            return List.of(); // A file went away while the directory was walked.
        }
    }
}
