package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.chatarchiver.faults.Mailboxes;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.ExpiringTls;
import org.chatarchiver.servers.FaultyProxy;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the surroundings that are neither the mail server's nor the feed's. */
@RequiresProgram({"dovecot", "python3"})
class OtherFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void anExpiredCertificateIsAnOutageUntilItIsRenewed() throws Exception {
        ExpiringTls tls = new ExpiringTls(folder);
        try (Dovecot mail = Dovecot.start(TestBed.ANN);
                FaultyProxy proxy = FaultyProxy.before(mail.imapPort(), tls.sockets());
                TestBed bed = TestBed.start(folder, settings -> settings.plain(
                                "localhost",
                                proxy.port(),
                                tls.trustStore(),
                                ExpiringTls.PASSWORD,
                                Dovecot.MASTER,
                                Dovecot.MASTER_PASSWORD)
                        .set("archiver.exchange.probe-mailbox", TestBed.ANN))) {
            String run = start(bed);
            await().atMost(SOON).until(() -> proxy.accepted() > 1);
            waits(bed, run);
            tls.renew();

            deliversOnce(bed, run, mail);
        }
    }

    @Test
    void aHostNameThatDoesNotResolveIsAnOutageAndFailsNothing() throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN)) {
            UnaryOperator<RunningArchiver.Settings> master = TestBed.byMaster(mail);
            try (TestBed bed = TestBed.start(folder, settings -> master.apply(settings)
                    .set("archiver.exchange.imap.host", "mail.no-such-host.invalid"))) {
                String run = start(bed);
                await().atMost(SOON)
                        .until(() -> bed.archiver().report(run).run().landed() != null);
                waits(bed, run);
                bed.archiver().close();

                try (RunningArchiver again = master.apply(
                                new RunningArchiver.Settings(bed.home(), bed.feed()).set("archiver.sweep", 500))
                        .start()) {
                    await().atMost(SOON).until(() -> again.report(run).run().state() == Run.State.COMPLETE);
                }
                isThereOnce(mail);
            }
        }
    }

    @Test
    void aBrokenMappingInTheMiddleOfARunLeavesTheOneInUse() throws Exception {
        try (FaultBed faults = new FaultBed(folder, true, settings -> settings)) {
            faults.proxy().latency(Duration.ofMillis(20));
            String run = faults.start("mapped", 300);
            await().atMost(SOON)
                    .until(() -> faults.bed().archiver().report(run).run().landed() != null);
            Files.writeString(faults.bed().home().mapping(TestBed.WECHAT), "Number,Mailbox\n+447700900123,nobody\n");
            MappingStore mappings = faults.bed().archiver().bean(MappingStore.class);
            await().atMost(SOON).until(() -> mappings.problems(TestBed.WECHAT).isPresent());
            faults.proxy().latency(Duration.ZERO);

            faults.everyMessageIsThereOnce(run, "mapped", 300);
            faults.everyMessageIsThereOnce(faults.start("later", 20), "later", 20);
        }
    }

    @Test
    void aSecondArchiverOnOneLedgerFileIsRefusedAndTheFirstGoesOn() throws Exception {
        try (FaultBed faults = new FaultBed(folder, true, settings -> settings)) {
            Path output = folder.resolve("second.log");
            Map<String, String> settings = Map.of(
                    "archiver.routes", faults.bed().home().routes().toString(),
                    "archiver.data", faults.bed().home().data().toString(),
                    "archiver.telemessage.base-url",
                            faults.bed().feed().baseUrl().toString(),
                    "archiver.exchange.imap.auth", "plain");

            assertThatThrownBy(() ->
                            ArchiverProcess.start("256m", faults.bed().home().data(), settings, output))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(Files.readString(output)).containsIgnoringCase("in use");
            faults.everyMessageIsThereOnce(faults.start("first", 20), "first", 20);
        }
    }

    private static String start(TestBed bed) {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("one", "One"));
        return bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());
    }

    /** The run has not ended, and neither has anything failed nor a try been counted. */
    private static void waits(TestBed bed, String run) {
        RunReport report = bed.archiver().report(run);
        assertThat(report.run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(report.failed()).isZero();
        assertThat(bed.items("one").values())
                .allSatisfy(item -> assertThat(item.attempts()).isZero());
    }

    private static void deliversOnce(TestBed bed, String run, Dovecot mail) throws Exception {
        RunReport report = bed.ended(run);
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(1);
        isThereOnce(mail);
    }

    private static void isThereOnce(Dovecot mail) throws Exception {
        assertThat(new Mailboxes(mail, TestBed.FOLDER, List.of(TestBed.ANN))
                        .read()
                        .get(TestBed.ANN))
                .hasSize(1);
    }
}
