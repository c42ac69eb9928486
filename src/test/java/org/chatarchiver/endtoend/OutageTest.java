package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.SuspendableService;
import org.awaitility.Awaitility;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.RunningArchiver;
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

/** The destination as a whole is away for a while. */
@ExtendWith(OutputCaptureExtension.class)
class OutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private EmbeddedMailServer mail;
    private MailRelay relay;
    private TestBed bed;

    @BeforeEach
    void start() throws IOException {
        // GreenMail's threads throw when a connection is cut.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        relay = new MailRelay(mail.securePort());
        bed = start(TestBed.ANN);
    }

    private TestBed start(String probeMailbox) throws IOException {
        UnaryOperator<RunningArchiver.Settings> server = TestBed.with(mail);
        return TestBed.start(folder, settings -> server.apply(settings)
                .clock(clock)
                .set("archiver.exchange.imap.port", relay.port())
                .set("archiver.exchange.probe-mailbox", probeMailbox)
                .set("archiver.chunk.messages", 10)
                .set("archiver.delivery.probe", "500ms"));
    }

    @AfterEach
    void stop() throws IOException {
        bed.close();
        relay.close();
        mail.close();
    }

    @Test
    void anOutagePausesDeliveryWithoutAFailureAndCollectingGoesOn(CapturedOutput log) {
        TestBed.Window before = bed.window();
        bed.add(before, TestBed.text("before", "Before"));
        assertThat(bed.run(before).imported()).isEqualTo(1);
        int logged = log.getAll().length();
        relay.leave();
        TestBed.Window first = bed.window();
        for (int i = 0; i < 250; i++) {
            bed.add(first, TestBed.text("first-" + i, "Text"));
        }
        TestBed.Window second = bed.window();
        bed.add(second, TestBed.text("second", "Text"));

        String one = landed(first);
        await().atMost(SOON).until(() -> outages().current().isPresent());
        String two = landed(second);

        await().atMost(SOON).until(this::paused);
        assertThat(gauge("archiver.destination.outage")).isEqualTo(1);
        assertThat(gauge("archiver.destination.outage.seconds")).isPositive();
        assertThat(destinationHealth()).isEqualTo(new Status("DEGRADED"));
        assertThat(bed.items("first-0").values())
                .allSatisfy(item -> assertThat(item.state()).isIn(ItemState.SENDING, ItemState.RETRY))
                .extracting(Item::attempts)
                .containsOnly(0);
        assertThat(bed.archiver().report(one).failed()).isZero();
        assertThat(bed.archiver().report(two).run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(bed.archiver().report(two).availableForImport()).isZero();

        relay.comeBack();
        await().atMost(SOON).until(() -> outages().current().isEmpty());
        clock.advance(Duration.ofMinutes(5));

        RunReport delivered = bed.ended(one);
        assertThat(delivered.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(delivered.imported()).isEqualTo(250);
        assertThat(bed.ended(two).imported()).isEqualTo(1);
        assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(252);
        assertThat(gauge("archiver.destination.outage")).isZero();
        assertThat(destinationHealth()).isEqualTo(Status.UP);
        assertThat(paused()).isFalse();
        String told = log.getAll().substring(logged);
        assertThat(told.lines().filter(line -> line.contains("The destination is out")))
                .singleElement()
                .asString()
                .contains("WARN");
        assertThat(told.lines().filter(line -> line.contains("The destination is back")))
                .singleElement()
                .asString()
                .contains("INFO");
        assertThat(told).doesNotContain("\tat ", "Caused by", " ERROR ");
    }

    @Test
    void anOutageMetWhileMailboxesAreLookedForPausesDeliveryToo() {
        relay.leave();
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("unseen", "Text"));

        String run = landed(window);
        await().atMost(SOON).until(() -> outages().current().isPresent());
        await().atMost(SOON).until(this::paused);
        assertThat(bed.items("unseen")).isEmpty();

        relay.comeBack();
        assertThat(bed.ended(run).imported()).isEqualTo(1);
    }

    @Test
    void withoutAProbeMailboxTheOneThatMetTheOutageIsProbedUntilItIsOver(CapturedOutput log) throws IOException {
        bed.close();
        bed = start("");
        int logged = log.getAll().length();
        relay.leave();
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("unseen", "Text"));

        String run = landed(window);
        await().atMost(SOON).until(() -> outages().current().isPresent());
        assertThat(outages().current().orElseThrow().mailbox()).isEqualTo(TestBed.ANN);
        // Several probes.
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> outages().current().isPresent());

        relay.comeBack();
        assertThat(bed.ended(run).imported()).isEqualTo(1);
        assertThat(log.getAll().substring(logged).lines().filter(line -> line.contains("The destination is out")))
                .hasSize(1);
    }

    private String landed(TestBed.Window window) {
        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
        await().atMost(SOON).until(() -> bed.archiver().report(run).run().landed() != null);
        return run;
    }

    private Outages outages() {
        return bed.archiver().bean(Outages.class);
    }

    private boolean paused() {
        return ((SuspendableService) bed.archiver()
                        .bean(CamelContext.class)
                        .getRoute("archive-pages")
                        .getConsumer())
                .isSuspended();
    }

    private double gauge(String name) {
        return bed.archiver().bean(MeterRegistry.class).get(name).gauge().value();
    }

    private Status destinationHealth() {
        return bed.archiver()
                .bean(HealthEndpoint.class)
                .healthForPath("destination")
                .getStatus();
    }
}
