package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a running archiver, by connector, beside what it has done. */
class MetersTest {
    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, TestBed.with(mail));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @Test
    void whatIsCollectedTriedAgainAndDeliveredIsCounted() {
        TestBed.Window window = bed.window();
        for (int i = 0; i < 3; i++) {
            bed.add(window, TestBed.text("counted-" + i, "Text"));
        }
        double delivered = counter("archiver.items", "outcome", "imported");
        double messages = counter("archiver.messages.collected");
        double pages = counter("archiver.pages.collected");
        bed.feed().fault(FeedSimulator.MESSAGES, 1, Fault.status(503, "1"));
        bed.feed().fault(FeedSimulator.MESSAGES, 1, Fault.status(503, null));

        bed.run(window);

        assertThat(counter("archiver.pages.collected") - pages).isEqualTo(1);
        assertThat(counter("archiver.messages.collected") - messages).isEqualTo(3);
        assertThat(counter("archiver.items", "outcome", "imported") - delivered).isEqualTo(3);
        assertThat(counter("archiver.feed.retries", "reason", "SOURCE_UNAVAILABLE"))
                .isEqualTo(2);
        assertThat(counter("archiver.feed.throttled")).isEqualTo(1);
    }

    @Test
    void theLeasesThatAreHeldAreShownAsLongAsTheyAre() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("held", "Text"));
        bed.feed().fault(FeedSimulator.MESSAGES, 1, Fault.status(503, "2"));
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        assertThat(gauge("archiver.runs.polling", "connector", TestBed.WECHAT)).isEqualTo(1);

        bed.ended(run);
        await().untilAsserted(() -> {
            assertThat(gauge("archiver.runs.polling", "connector", TestBed.WECHAT))
                    .isZero();
            assertThat(gauge("archiver.pages.in.work", "connector", TestBed.WECHAT))
                    .isZero();
        });
    }

    @Test
    void whatStandsInTheQueueIsShown() throws Exception {
        RouteController routes = bed.archiver().bean(CamelContext.class).getRouteController();
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("waiting", "Text"));
        routes.stopRoute("archive-pages");
        String run;
        try {
            run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
            // The sweep queues what is not archived again and again.
            await().untilAsserted(() ->
                    assertThat(gauge("archiver.queue.pages", "queue", "pages")).isPositive());
            await().until(() -> gauge("archiver.pages.unarchived", "connector", TestBed.WECHAT) == 1);
        } finally {
            routes.startRoute("archive-pages");
        }
        bed.ended(run);
        assertThat(gauge("archiver.queue.pages", "queue", "pages")).isZero();
    }

    private static double counter(String name, String... tags) {
        return registry()
                .get(name)
                .tags("connector", TestBed.WECHAT)
                .tags(tags)
                .counter()
                .count();
    }

    private static double gauge(String name, String... tags) {
        return registry().get(name).tags(tags).gauge().value();
    }

    private static MeterRegistry registry() {
        return bed.archiver().bean(MeterRegistry.class);
    }
}
