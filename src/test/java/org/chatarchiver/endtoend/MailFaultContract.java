package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.servers.AppendFaults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands between archiver and mail server goes wrong: nothing is lost, nothing is filed twice, and it goes on by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MailFaultContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MESSAGES = 30;

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private final boolean multiAppend;
    private FaultBed faults;
    private String name;

    MailFaultContract(boolean multiAppend) {
        this.multiAppend = multiAppend;
    }

    @BeforeAll
    void start() throws IOException {
        faults = new FaultBed(folder, multiAppend, settings -> settings);
    }

    @AfterAll
    void stop() throws IOException {
        faults.close();
    }

    @BeforeEach
    void names() {
        name = "fault" + NAMES.incrementAndGet();
    }

    @ParameterizedTest
    @CsvSource({
        "NO [OVERQUOTA] Quota exceeded,QUOTA_EXCEEDED",
        "NO [UNAVAILABLE] Come back later,DESTINATION_UNAVAILABLE",
        "NO Request is throttled. Suggested Backoff Time: 2000 milliseconds,THROTTLED",
        "BAD User is authenticated but not connected,DESTINATION_UNAVAILABLE"
    })
    void itemsOfAMailboxInTroubleWaitAndAreDeliveredOnceItIsOver(String answer, Reason reason) throws Exception {
        faults.proxy().appends().refuseAll(answer);
        String run = faults.start(name, MESSAGES);

        await().atMost(SOON)
                .until(() -> faults.bed().items(name + "-0").containsKey(TestBed.ANN)
                        && faults.item(name).state() == ItemState.RETRY);
        assertThat(faults.item(name).reason()).isEqualTo(reason);
        assertThat(report(run).failed()).isZero();
        faults.proxy().appends().refuseAll("");

        faults.everyMessageIsThereOnce(run, name, MESSAGES);
        assertThat(faults.proxy().appends().refused()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionLostDuringAnAppendLosesAndDoublesNothing(AppendFaults.Once fault) throws Exception {
        faults.proxy().appends().once(fault);
        String run = faults.start(name, MESSAGES);

        faults.everyMessageIsThereOnce(run, name, MESSAGES);
        assertThat(faults.proxy().appends().left()).isZero();
    }

    @Test
    void aSlowLineDeliversAllTheSame() throws Exception {
        faults.proxy().latency(Duration.ofMillis(100));
        String run = faults.start(name, MESSAGES);

        faults.everyMessageIsThereOnce(run, name, MESSAGES);
        faults.proxy().latency(Duration.ZERO);
    }

    @Test
    void aServerThatTakesConnectionsAndNeverSpeaksIsWaitedFor() throws Exception {
        faults.proxy().stall(true);
        outageIsSatOut(() -> faults.proxy().stall(false));
    }

    @Test
    void aServerThatResetsEveryConnectionIsWaitedFor() throws Exception {
        faults.proxy().refuse(true);
        outageIsSatOut(() -> faults.proxy().refuse(false));
    }

    private void outageIsSatOut(Runnable end) throws Exception {
        int before = faults.proxy().accepted();
        String run = faults.start(name, MESSAGES);
        await().atMost(SOON).until(() -> report(run).run().landed() != null);
        await().atMost(SOON).until(() -> faults.proxy().accepted() > before + 1);
        RunReport during = report(run);
        assertThat(during.run().state()).isEqualTo(Run.State.RUNNING);
        assertThat(during.failed()).isZero();
        assertThat(faults.bed().items(name + "-0").values())
                .allSatisfy(item -> assertThat(item.attempts()).isZero());
        end.run();

        faults.everyMessageIsThereOnce(run, name, MESSAGES);
    }

    private RunReport report(String run) {
        return faults.bed().archiver().report(run);
    }
}
