package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.observation.CollectorStub;
import org.chatarchiver.observation.CollectorStub.Received;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a collector gets of an archiver's work: one trace for each page, and nothing in it that is anybody's but the archiver's. */
@ExtendWith(OutputCaptureExtension.class)
class TracingTest {
    private static final String TOKEN = "Bearer MarkerOfTheCollector4716";

    @TempDir
    static Path folder;

    private static CollectorStub collector;
    private static EmbeddedMailServer mail;
    private static TestBed bed;
    private static Untold untold;

    @BeforeAll
    static void start() throws IOException {
        collector = new CollectorStub();
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(
                folder,
                settings -> TestBed.with(mail)
                        .apply(settings)
                        .set("archiver.tracing.endpoint", collector.endpoint())
                        .set("archiver.tracing.authorization", TOKEN),
                home -> Files.writeString(home.data().resolve("secrets/wechat/password"), Untold.FEED_PASSWORD));
        bed.feed().account(new FeedAccount("ops", Untold.FEED_PASSWORD, Set.of("WECHAT")));
        untold = new Untold(mail.token(), bed.archiver().admin().read().value().orElseThrow());
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
        collector.close();
    }

    @Test
    void aPageIsOneTraceFromItsPollToTheDelivery() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("one", Untold.TEXT));
        bed.add(window, TestBed.text("two", Untold.TEXT));

        String run = bed.run(window).run().id();

        List<Received> trace = trace(run);
        Received poll = one("poll page", trace);
        Received archive = one("archive page", trace);
        Received delivery = one("deliver batch", trace);
        assertThat(poll.parent()).isEmpty();
        assertThat(trace).extracting(Received::trace).containsOnly(poll.trace());
        assertThat(archive.parent()).isEqualTo(poll.id());
        assertThat(delivery.parent()).isEqualTo(archive.id());
        assertThat(one("queue page", trace).parent()).isEqualTo(poll.id());
        assertThat(trace)
                .filteredOn(span -> span.name().equals("land"))
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.parent()).isEqualTo(poll.id()));
        assertThat(trace).allSatisfy(span -> assertThat(span.attributes())
                .containsEntry("archiver.connector", "wechat")
                .containsEntry("archiver.run", run)
                .containsEntry("archiver.page", "1")
                .containsEntry("archiver.outcome", "done"));
        assertThat(poll.attributes()).containsEntry("archiver.messages", "2").containsKey("archiver.bytes");
        assertThat(archive.attributes()).containsEntry("archiver.messages", "2");
        assertThat(delivery.attributes())
                .containsEntry("archiver.transport", "imap")
                .containsEntry("archiver.items.imported", "2");
        assertThat(collector.authorizations()).containsOnly(TOKEN);
    }

    @Test
    void aFurtherTryStandsInTheSameTraceAndSaysWhatWentWrongWithTheOneBefore() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("again", Untold.TEXT));
        bed.feed().fault(FeedSimulator.MESSAGES, 1, Fault.status(503, null));

        String run = bed.run(window).run().id();

        List<Received> polls = trace(run).stream()
                .filter(span -> span.name().equals("poll page"))
                .toList();
        assertThat(polls).hasSize(2);
        Received first = polls.stream()
                .filter(span -> span.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        Received second = polls.stream()
                .filter(span -> !span.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(first.attributes())
                .containsEntry("archiver.outcome", "put off")
                .containsEntry("error.type", "FeedUnavailableException");
        assertThat(second.parent()).isEqualTo(first.id());
        assertThat(second.attributes()).containsEntry("archiver.outcome", "done");
    }

    @Test
    void nothingOfAnybodyIsInASpanWhateverGoesWrong() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("m " + Untold.FORGERY, Untold.TEXT));
        ObjectNode file = TestBed.text("file", Untold.TEXT);
        file.putArray("attachment")
                .addObject()
                .put("name", "MarkerOfTheName4717.pdf")
                .put("href", "/archive/v1/attachments/refused?token=MarkerOfTheHref4718");
        bed.add(window, file);
        bed.add(
                window,
                TestBed.text("unmapped", Untold.TEXT)
                        .put("msisdn", "+447700900199")
                        .put("from", "+447700900199"));
        bed.add(window, TestBed.text("no-time", Untold.TEXT).putNull("messageTime"));
        bed.feed().fault(FeedSimulator.MESSAGES, 1, new Fault.CutContent());
        bed.feed().fault(FeedSimulator.ATTACHMENTS, 20, Fault.status(500, null));

        RunReport report = bed.run(window, true);
        trace(report.run().id());

        assertThat(collector.all())
                .contains("archive page")
                .doesNotContain(
                        "example.com",
                        "447700900123",
                        "447700900199",
                        "wxid",
                        "MarkerOf",
                        "FORGED",
                        "attachments/",
                        "127.0.0.1",
                        "ops",
                        TOKEN);
        untold.secretIn("the spans", collector.all());
    }

    @Test
    void aCollectorThatIsAwayDisturbsNothingAndIsTwoLines(CapturedOutput output) {
        collector.answer(500);
        try {
            for (int i = 0; i < 20; i++) {
                TestBed.Window window = bed.window();
                bed.add(window, TestBed.text("away-" + i, Untold.TEXT));
                assertThat(bed.run(window).run().state()).isEqualTo(Run.State.COMPLETE);
                flush();
            }
            assertThat(collector.requests()).isGreaterThan(19);
            assertThat(output.getAll().lines().filter(line -> line.contains("Traces do not reach")))
                    .hasSize(1);
            assertThat(output).doesNotContain("io.opentelemetry", "MarkerOfTheCollector");
        } finally {
            collector.answer(200);
        }
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("back", Untold.TEXT));
        trace(bed.run(window).run().id());
        assertThat(output.getAll().lines().filter(line -> line.contains("Traces reach their collector again")))
                .hasSize(1);
    }

    /** All of a run's, once the delivery and the archiving have ended too. */
    private static List<Received> trace(String run) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            flush();
            return collector.spans().stream()
                    .anyMatch(span -> span.name().equals("archive page")
                            && run.equals(span.attributes().get("archiver.run")));
        });
        return collector.spans().stream()
                .filter(span -> run.equals(span.attributes().get("archiver.run")))
                .toList();
    }

    private static void flush() {
        bed.archiver().bean(SdkTracerProvider.class).forceFlush().join(20, TimeUnit.SECONDS);
    }

    private static Received one(String name, List<Received> spans) {
        List<Received> found =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).as(name + " of " + spans).hasSize(1);
        return found.get(0);
    }
}
