package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of the routes. */
class FlowPageTest {
    private static final String ROUTES = "/console/routes";

    @TempDir
    static Path folder;

    private static HawtioBed hawtio;

    @BeforeAll
    static void start() throws IOException {
        hawtio = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        hawtio.close();
    }

    @Test
    void theFlowIsDrawnAsTheRoutesCallEachOtherWithoutAnAddress() throws Exception {
        String page =
                ConsoleClient.of(hawtio.port(), READER, PASSWORD).get(ROUTES).body();
        for (String call : List.of(
                "2 connectors to collect-run, by hand over",
                "collect-run to try-page, by enrich, in loop",
                "queue-page to page queue, by to",
                "page queue to archive-pages",
                "fetch-page to TeleMessage, by to",
                "append-batch to Exchange: append, by to",
                "tell-channels to tell-channel, by wireTap, in split",
                "tell-channel to unmapped, by toD, in split",
                "queue-next-tries to seda:next-tries, by to, in split",
                "webhook to http, by to")) {
            assertThat(page).contains("<title>" + call);
        }
        assertThat(page).doesNotContain("canary-of-a-webhook", "${body.channel");
    }

    @Test
    void theFlowIsThatOfTheEditedRoutesOnceTheyAreInForce() throws Exception {
        ConsoleClient reader = ConsoleClient.of(hawtio.port(), READER, PASSWORD);
        Path added = hawtio.bed().home().routes().resolve("added.camel.yaml");
        Files.writeString(added, """
                - route:
                    id: added-by-hand
                    description: Says <b>more</b>.
                    from:
                      uri: timer:added-by-hand
                      parameters: { delay: 3600000 }
                      steps:
                        - setBody: { constant: "nothing" }
                        - wireTap: { uri: "direct:oversize" }
                """);
        Callable<String> page = () -> reader.get(ROUTES).body();
        await().atMost(Duration.ofMinutes(1)).until(page, containsString("added-by-hand to oversize, by wireTap"));
        assertThat(page.call()).contains("added-by-hand: Says &lt;b&gt;more&lt;/b&gt;.");
        Files.delete(added);
        await().atMost(Duration.ofMinutes(1)).until(page, not(containsString("added-by-hand")));
    }

    @Test
    void theFlowIsDrawnWithinThreeHundredMilliseconds() throws Exception {
        ConsoleClient reader = ConsoleClient.of(hawtio.port(), READER, PASSWORD);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            assertThat(reader.get(ROUTES).statusCode()).isEqualTo(200);
            fastest = Math.min(fastest, System.nanoTime() - began);
        }
        assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(300));
    }
}
