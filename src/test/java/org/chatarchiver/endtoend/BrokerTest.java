package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Artemis;
import org.chatarchiver.servers.MailRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The page queue on a broker in a process of its own. */
@ExtendWith(OutputCaptureExtension.class)
class BrokerTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int MESSAGES = 200;

    @TempDir
    Path folder;

    private Artemis broker;
    private EmbeddedMailServer mail;
    private MailRelay relay;

    @BeforeEach
    void open() throws IOException {
        // GreenMail's threads throw when a connection is cut.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        broker = Artemis.in(Files.createDirectories(folder.resolve("broker")));
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        relay = new MailRelay(mail.securePort());
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        mail.close();
        broker.close();
    }

    private TestBed start(UnaryOperator<RunningArchiver.Settings> more) throws IOException {
        return BrokerBed.start(
                folder,
                broker,
                mail,
                settings -> more.apply(settings.set("archiver.exchange.imap.port", relay.port())));
    }

    private TestBed start() throws IOException {
        return start(UnaryOperator.identity());
    }

    private static String begin(TestBed bed, int messages) {
        TestBed.Window window = bed.window();
        for (int i = 0; i < messages; i++) {
            bed.add(window, TestBed.text("text-" + window.from().getEpochSecond() + "-" + i, "Text " + i));
        }
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    private static void landed(TestBed bed, String run) {
        await("landed")
                .atMost(SOON)
                .until(() -> bed.archiver().report(run).run().landed() != null);
    }

    private void deliveredOnce(TestBed bed, String run, int messages) {
        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(messages);
        assertThat(report.failed()).isZero();
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(messages);
    }

    private void nothingIsLeft() {
        await("empty queues").atMost(SOON).untilAsserted(() -> {
            assertThat(broker.depth(Artemis.QUEUE)).isZero();
            assertThat(broker.depth(Artemis.DEAD)).isZero();
        });
    }

    private static Status health(TestBed bed) {
        return bed.archiver().bean(HealthEndpoint.class).healthForPath("broker").getStatus();
    }

    @Test
    void pagesComeThroughTheBrokerAndNothingIsLeftThere(CapturedOutput log) throws Exception {
        broker.start();
        try (TestBed bed = start()) {
            assertThat(health(bed)).isEqualTo(Status.UP);
            deliveredOnce(bed, begin(bed, MESSAGES), MESSAGES);
            nothingIsLeft();
            assertThat(health(bed)).isEqualTo(Status.UP);
        }
        assertThat(log).doesNotContain(broker.password());
    }

    @Test
    void onlyReferencesStandInTheQueueAndEachOnce() throws Exception {
        broker.start();
        relay.leave();
        try (TestBed bed = start()) {
            // Its first page finds out that the destination is away, and no more are taken.
            String first = begin(bed, 1);
            landed(bed, first);
            await().atMost(SOON).until(() -> bed.archiver().bean(Outages.class).isOngoing());
            String run = begin(bed, MESSAGES);
            landed(bed, run);

            List<Page> pages = bed.archiver().bean(Pages.class).of(run);
            assertThat(pages).hasSizeGreaterThanOrEqualTo(MESSAGES / 20);
            await().atMost(SOON).untilAsserted(() -> assertThat(broker.references())
                    .containsExactlyInAnyOrderElementsOf(
                            pages.stream().map(Page::reference).toList()));

            relay.comeBack();
            assertThat(bed.ended(first).imported())
                    .as("it was acknowledged, and came again")
                    .isEqualTo(1);
            assertThat(bed.ended(run).imported()).isEqualTo(MESSAGES);
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(MESSAGES + 1);
            nothingIsLeft();
        }
    }

    @Test
    void withoutTheBrokerTheArchiverStartsAndCollectsAndPagesWaitInTheLedger(CapturedOutput log) throws Exception {
        try (TestBed bed = start()) {
            String run = begin(bed, MESSAGES);
            landed(bed, run);
            assertThat(health(bed)).isEqualTo(new Status("DEGRADED"));
            assertThat(new ApiClient(bed.archiver()).get("/actuator/health").body())
                    .contains("\"broker\":{\"status\":\"DEGRADED\"", "Connection refused");
            assertThat(new ApiClient(bed.archiver()).get("/api/findings").body())
                    .contains("BROKER_OUTAGE", "Connection refused");
            assertThat(bed.archiver().report(run).imported()).isZero();

            broker.start();

            deliveredOnce(bed, run, MESSAGES);
            nothingIsLeft();
            assertThat(health(bed)).isEqualTo(Status.UP);
        }
        assertThat(log.getAll().lines().filter(line -> line.contains("cannot be queued now") && line.contains("WARN")))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(log.getAll().lines().filter(line -> line.contains("broker") && line.contains(" WARN ")))
                .as("once a minute")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aBrokerThatIsKilledInTheMiddleLosesAndDoublesNothing() throws Exception {
        broker.start();
        try (TestBed bed = start()) {
            String run = begin(bed, 5 * MESSAGES);
            await().atMost(SOON).until(() -> bed.archiver().report(run).imported() > MESSAGES / 2);

            broker.kill();
            await().atMost(SOON).until(() -> health(bed).equals(new Status("DEGRADED")));
            broker.start();

            deliveredOnce(bed, run, 5 * MESSAGES);
            nothingIsLeft();
            await().atMost(SOON).until(() -> health(bed).equals(Status.UP));
        }
    }

    @Test
    void aPageThatFailsForAReasonNobodyHasForeseenComesToTheChannelOnceItsTriesAreOver(CapturedOutput log)
            throws Exception {
        broker.start();
        relay.leave();
        try (TestBed bed = start()) {
            landed(bed, begin(bed, 1));
            await().atMost(SOON).until(() -> bed.archiver().bean(Outages.class).isOngoing());
            String run = begin(bed, 1);
            landed(bed, run);
            Page page = bed.archiver().bean(Pages.class).of(run).get(0);
            Path landed = bed.home().data().resolve("landing").resolve(page.path());
            byte[] whole = Files.readAllBytes(landed);
            Files.write(landed, new byte[] {1, 2, 3});

            relay.comeBack();

            ProducerTemplate sweep = bed.archiver().bean(ProducerTemplate.class);
            await("its entry").atMost(SOON).until(() -> {
                sweep.sendBody("direct:queue-due-pages", null);
                return !bed.archiver()
                        .bean(Channels.class)
                        .list(Channel.UNDELIVERABLE, 10, 0)
                        .isEmpty();
            });
            Channels.Entry entry = bed.archiver()
                    .bean(Channels.class)
                    .list(Channel.UNDELIVERABLE, 10, 0)
                    .get(0);
            assertThat(entry.reason()).isEqualTo(Reason.PAGE_FAILED);
            assertThat(entry.run()).isEqualTo(run);
            assertThat(entry.page()).isEqualTo(1);
            assertThat(entry.position()).isNull();
            assertThat(entry.path()).isEqualTo(page.path());
            assertThat(entry.detail()).contains(page.reference());
            assertThat(log.getAll().lines().filter(line -> line.contains("Failed delivery for")))
                    .as("tries")
                    .hasSize(Artemis.TRIES);
            assertThat(new ApiClient(bed.archiver())
                            .get("/api/channels/undeliverable")
                            .body())
                    .contains("PAGE_FAILED", page.reference());
            assertThat(new ApiClient(bed.archiver())
                            .get("/console/channels/undeliverable")
                            .statusCode())
                    .isIn(200, 302, 401);
            await("told").atMost(SOON).until(() -> log.getAll().contains("undeliverable PAGE_FAILED in run " + run));
            nothingIsLeft();

            Files.write(landed, whole);
            bed.archiver().bean(Channels.class).requeue(Channel.UNDELIVERABLE, List.of(entry.id()), "ada");

            assertThat(bed.ended(run).imported()).isEqualTo(1);
            assertThat(bed.archiver().bean(Channels.class).counts()).containsEntry(Channel.UNDELIVERABLE, 0L);
            assertThat(bed.archiver().bean(Channels.class).find(entry.id()))
                    .get()
                    .satisfies(closed -> assertThat(closed.closedBy()).isEqualTo("delivery"));
        }
    }

    @Test
    void whatIsNoPageIsSaidAndAcknowledged(CapturedOutput log) throws Exception {
        broker.start();
        try (TestBed bed = start()) {
            for (String queue : List.of(Artemis.QUEUE, Artemis.DEAD)) {
                broker.send(queue, "no-run/1");
                broker.send(queue, "any \n text");
                broker.send(queue, new HashMap<>());
            }

            nothingIsLeft();

            assertThat(log).contains("The page queue gave 'no-run/1'", "The dead-letter queue gave 'no-run/1'");
            deliveredOnce(bed, begin(bed, 1), 1);
        }
    }
}
