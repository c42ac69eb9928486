package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.alert.Alerting;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.PlainTraffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Mailboxes that the application may not use, where no probe mailbox tells whether that is theirs alone: as it is by default. */
@ExtendWith(OutputCaptureExtension.class)
abstract class RefusedMailboxesContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> MAILBOXES = PlainTraffic.mailboxes(4);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private StubExchange exchange;
    private TestBed bed;

    abstract StubExchange exchange();

    @BeforeEach
    void start() {
        exchange = exchange();
        exchange.create(MAILBOXES);
    }

    private void start(String mapping, int chunk) throws IOException {
        bed = TestBed.start(
                folder,
                starting -> exchange.settings()
                        .apply(starting)
                        .clock(clock)
                        // Nobody is there to take the mails; what is due is asked for.
                        .set("archiver.alerts.to", "operator@example.com")
                        .set("archiver.alerts.from", "archiver@example.com")
                        .set("archiver.alerts.host", "127.0.0.1")
                        .set("archiver.alerts.port", 9)
                        .set("archiver.alerts.delay", 600_000)
                        .set("archiver.chunk.messages", chunk),
                home -> map(home, mapping));
    }

    /** By the addresses of the source alone where there is no file. */
    private static void map(ArchiverHome home, String mapping) throws IOException {
        Path connector = home.routes().resolve("connectors").resolve(TestBed.WECHAT + ".camel.yaml");
        if (mapping.isEmpty()) {
            Files.writeString(
                    connector, Files.readString(connector).replace("file:" + home.mapping(TestBed.WECHAT), ""));
        } else {
            Files.writeString(home.mapping(TestBed.WECHAT), mapping);
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (bed != null) {
            bed.close();
        }
        exchange.close();
    }

    @Test
    void twoMailboxesOutOfScopeThatAreMetFirstStopNobodyForLongAndAreRefusedWithTheCure() throws IOException {
        exchange.refuse(MAILBOXES.get(0));
        exchange.refuse(MAILBOXES.get(1));
        start(PlainTraffic.mapping(MAILBOXES), 1);
        TestBed.Window window = bed.window();
        for (int i = 0; i < 3; i++) {
            bed.add(window, message("m-" + i, i));
        }

        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 1);
        assertThat(exchange.filed(MAILBOXES.get(2))).hasSize(1);
        assertThat(destinationHealth()).isEqualTo(Status.UP);
        clock.advance(Duration.ofMinutes(16));

        assertTwoAreDenied(bed.ended(run));
    }

    @Test
    void whereTheAddressesAreTheSourcesOwnTheNextMailboxesInThePageAreAsked() throws IOException {
        exchange.refuse(MAILBOXES.get(0));
        exchange.refuse(MAILBOXES.get(1));
        start("", 100);
        TestBed.Window window = bed.window();
        for (int i = 0; i < 3; i++) {
            ObjectNode message = message("m-" + i, i);
            message.putObject("fromEnriched")
                    .put("value", message.get("msisdn").asText())
                    .put("userEmailAddress", MAILBOXES.get(i));
            bed.add(window, message);
        }

        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 1);
        clock.advance(Duration.ofMinutes(16));

        assertTwoAreDenied(bed.ended(run));
    }

    @Test
    void twoThatMayBeReadAndNotWrittenLetThoseBehindThemGoFirst() throws IOException {
        exchange.denyWriting(MAILBOXES.get(0));
        exchange.denyWriting(MAILBOXES.get(1));
        start(PlainTraffic.mapping(MAILBOXES), 1);
        TestBed.Window window = bed.window();
        for (int i = 0; i < 4; i++) {
            bed.add(window, message("m-" + i, i));
        }

        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> bed.archiver().report(run).imported() == 2);
        RunReport report = bed.ended(run);
        assertThat(report.failedByReason()).containsExactly(Map.entry(Reason.PERMISSION_DENIED, 2L));
        assertThat(report.availableForImport()).isEqualTo(4);
        assertThat(bed.archiver().bean(Outages.class).current()).isEmpty();
    }

    @Test
    void twoThatMayBeReadAndNotWrittenBehindOneThatWorksAreDeniedAtOnce(CapturedOutput log) throws IOException {
        exchange.denyWriting(MAILBOXES.get(1));
        exchange.denyWriting(MAILBOXES.get(2));
        start(PlainTraffic.mapping(MAILBOXES), 1);
        TestBed.Window window = bed.window();
        for (int i = 0; i < 3; i++) {
            bed.add(window, message("m-" + i, i));
        }
        int logged = log.getAll().length();

        RunReport report = bed.run(window);

        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.failedByReason()).containsExactly(Map.entry(Reason.PERMISSION_DENIED, 2L));
        assertThat(log.getAll().substring(logged)).doesNotContain("The destination is out");
    }

    private void assertTwoAreDenied(RunReport report) {
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.failedByReason()).containsExactly(Map.entry(Reason.PERMISSION_DENIED, 2L));
        assertThat(report.availableForImport()).isEqualTo(3);
        assertThat(bed.entries(Channel.UNDELIVERABLE, report))
                .hasSize(2)
                .extracting(Channels.Entry::detail)
                .allSatisfy(sentence -> assertThat(sentence).contains("others may", "let "));
        assertThat(bed.archiver().bean(Outages.class).current()).isEmpty();
    }

    @Test
    void consentThatIsMissingIsShownAtOnceAndTheRunEndsByItselfOnceItIsGiven(CapturedOutput log) throws IOException {
        MAILBOXES.forEach(exchange::refuse);
        start(PlainTraffic.mapping(MAILBOXES), 1);
        TestBed.Window window = bed.window();
        for (int i = 0; i < 8; i++) {
            bed.add(window, message("m-" + i, i % 4));
        }
        int logged = log.getAll().length();

        String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

        await().atMost(SOON).until(() -> gauge("archiver.destination.outage") == 1);
        assertThat(destinationHealth()).isEqualTo(new Status("DEGRADED"));
        assertThat(log.getAll().substring(logged).lines().filter(line -> line.contains("The destination is out")))
                .singleElement()
                .asString()
                .contains(cure());
        assertThat(bed.archiver().bean(Alerting.class).due())
                .filteredOn(alert -> alert.cause() == AlertCause.DESTINATION_OUTAGE)
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains(cure()));
        // Half an hour of it, and more than one probe.
        clock.advance(Duration.ofMinutes(30));
        await().during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> bed.archiver().report(run).run().state() == Run.State.RUNNING);
        assertThat(bed.archiver().report(run).failed()).isZero();
        assertThat(gauge("archiver.destination.outage")).isEqualTo(1);

        MAILBOXES.forEach(exchange::allow);
        clock.advance(Duration.ofMinutes(1));

        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(8);
        MAILBOXES.forEach(
                mailbox -> assertThat(exchange.filed(mailbox)).hasSize(2).doesNotHaveDuplicates());
        assertThat(gauge("archiver.destination.outage")).isZero();
        assertThat(destinationHealth()).isEqualTo(Status.UP);
        assertThat(exchange.breaches()).isEmpty();
    }

    /** What the sentence of the outage says to do. */
    abstract String cure();

    private static ObjectNode message(String id, int mailbox) {
        return TestBed.textOf(MAILBOXES, mailbox, id);
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
