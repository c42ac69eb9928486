package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;

class LeasesTest extends LedgerContract {
    private static final Instant DAY2 = DAY.plus(Duration.ofDays(1));
    private static final Instant DAY3 = DAY.plus(Duration.ofDays(2));

    LeasesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void ofTenStartsAtOnceOneWins() throws Exception {
        int starts = 10;
        CyclicBarrier together = new CyclicBarrier(starts);
        ExecutorService threads = Executors.newFixedThreadPool(starts);
        try {
            List<Future<Optional<Run>>> started = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                started.add(threads.submit(() -> {
                    together.await();
                    return ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2);
                }));
            }
            int won = 0;
            for (Future<Optional<Run>> run : started) {
                won += run.get().isPresent() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(ledger.runs.list(CONNECTOR, 10, "")).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @LedgerTest
    void aRunWhoseLeaseLapsedIsTakenUpByAnotherProcessUnderItsOwnId() {
        Run killed = ledger.run();
        RunLeases other = anotherProcess();
        assertThat(other.takeInterrupted(CONNECTOR)).isEmpty();

        ledger.lapse();

        assertThat(other.takeInterrupted(CONNECTOR)).contains(killed.id());
        assertThat(other.takeInterrupted(CONNECTOR)).as("once").isEmpty();
        assertThat(other.renew(killed.id())).isTrue();
        assertThat(ledger.runs.renew(killed.id())).isFalse();
        assertThat(ledger.runs.find(killed.id())).contains(killed);
        assertThat(ledger.channels.counts()).containsEntry(Channel.SOURCE, 0L);
    }

    @LedgerTest
    void whoHasLostARunToAnotherProcessCanNeitherLandNorFailIt() {
        Run run = ledger.run();
        ledger.lapse();
        RunLeases other = anotherProcess();
        other.takeInterrupted(CONNECTOR);

        assertThat(ledger.runs.failed(run.id(), Reason.SOURCE_STALLED, "Late.")).isFalse();
        assertThat(ledger.runs.landed(run.id(), 3L)).isFalse();
        assertThat(ledger.runs.landed(run.id(), 3L, opening(DAY2, DAY3))).isEmpty();

        assertThat(ledger.runs.find(run.id())).contains(run);
        assertThat(other.renew(run.id())).isTrue();
    }

    @LedgerTest
    void nothingOpensBeforeAnInterruptedRunHasGoneOn() {
        Run killed = ledger.run();
        ledger.lapse();
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isEmpty();

        assertThat(ledger.polls.takeUp(CONNECTOR)).contains(killed);
        ledger.runs.landed(killed.id(), null);

        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isPresent();
    }

    @LedgerTest
    void aRunThatHasLandedOrFailedIsNotTakenUp() {
        Run landed = ledger.run();
        ledger.runs.landed(landed.id(), null);
        Run failed = ledger.run();
        ledger.runs.failed(failed.id(), Reason.SOURCE_STALLED, "Slow.");
        assertThat(ledger.polls.takeUp(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void aRunThatIsStoppedGivesItsLeaseBackAtOnceAndIsTakenUp() {
        Run stopped = ledger.run();
        ledger.runLeases.release(stopped.id());
        assertThat(ledger.polls.takeUp(CONNECTOR)).contains(stopped);
    }

    @LedgerTest
    void aDryRunGoesOnToo() {
        Run dry = ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY2).orElseThrow();
        ledger.lapse();
        assertThat(ledger.polls.takeUp(CONNECTOR)).contains(dry);
    }

    @LedgerTest
    void aCancelledRunIsNotTakenUpAndItsPollKeepsTheLeaseUntilItNotices() {
        Run run = ledger.run();
        assertThat(ledger.polls.cancel(run.id(), "ada", "")).isTrue();
        assertThat(ledger.polls.cancel(run.id(), "ada", "")).as("once").isFalse();

        assertThat(ledger.runs.find(run.id())).get().satisfies(found -> {
            assertThat(found.state()).isEqualTo(Run.State.FAILED);
            assertThat(found.reason()).isEqualTo(Reason.CANCELLED);
            assertThat(found.detail()).isEqualTo("Cancelled by ada.");
            assertThat(found.finished()).isNotNull();
        });
        assertThat(ledger.runs.renew(run.id())).isFalse();
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isEmpty();
        assertThat(ledger.runs.landed(run.id(), 3L, opening(DAY2, DAY3))).isEmpty();
        ledger.lapse();
        assertThat(ledger.polls.takeUp(CONNECTOR)).isEmpty();
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isPresent();
    }

    @LedgerTest
    void aRunThatHasLandedCannotBeCancelled() {
        Run run = ledger.run();
        ledger.runs.landed(run.id(), null);
        assertThat(ledger.polls.cancel(run.id(), "ada", "")).isFalse();
        assertThat(ledger.polls.cancel("nobody", "ada", "")).isFalse();
    }

    @LedgerTest
    void whatAPollWaitsForIsToldUntilItWaitsNoLonger() {
        Run run = ledger.run();
        ledger.polls.waits(run.id(), DAY2, "The feed is asked again.");
        assertThat(ledger.runs.find(run.id()).orElseThrow().waiting())
                .isEqualTo(new Run.Wait(DAY2, "The feed is asked again."));
        ledger.polls.waits(run.id(), null, null);
        assertThat(ledger.runs.find(run.id()).orElseThrow().waiting()).isNull();
    }

    @LedgerTest
    void aRenewedLeaseHolds() {
        Run run = ledger.run();
        ledger.lapse();
        assertThat(ledger.runs.renew(run.id())).isTrue();
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isEmpty();
        assertThat(anotherProcess().takeInterrupted(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void anArchiverWhoseClockRunsAheadTakesNoLeaseFromALivingRun() {
        Run run = ledger.run();
        ledger.clock.pass(Duration.ofDays(1));
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                .isEmpty();
        assertThat(ledger.runs.renew(run.id())).isTrue();
    }

    @LedgerTest
    void theLeaseGoesStraightFromOneWindowToTheNext() {
        Run first = ledger.run();
        Run second = ledger.runs.landed(first.id(), 3L, opening(DAY2, DAY3)).orElseThrow();
        assertThat(ledger.runs.renew(first.id())).isFalse();
        Run third = ledger.runs
                .failed(second.id(), Reason.CURSOR_REPEATED, "Again.", opening(DAY2, DAY3))
                .orElseThrow();
        assertThat(ledger.runs.renew(third.id())).isTrue();
        assertThat(ledger.runs.find(first.id())).get().satisfies(run -> {
            assertThat(run.landed()).isNotNull();
            assertThat(run.state()).isEqualTo(Run.State.RUNNING);
        });
    }

    private static Opening opening(Instant from, Instant to) {
        return new Opening(CONNECTOR, "WeChat Archiver", Run.Cause.MANUAL, false, from, to, null);
    }

    RunLeases anotherProcess() {
        return new RunLeases(JdbcClient.create(ledger.jdbc), ledger.jdbc.getDataSource());
    }

    @LedgerTest(Database.H2)
    void atStartWhoeverPolledIsDeadHoweverFreshTheLeaseAndHisRunIsTakenUp() {
        Run killed = ledger.run();
        RunLeases started = anotherProcess();
        assertThat(started.takeInterrupted(CONNECTOR)).isEmpty();

        started.freeThoseOfADeadProcess();

        assertThat(started.takeInterrupted(CONNECTOR)).contains(killed.id());
        assertThat(ledger.runs.renew(killed.id())).isFalse();
    }

    @LedgerTest(Database.POSTGRESQL)
    void atStartWhoeverPollsMayBeAnotherArchiver() {
        Run polling = ledger.run();
        RunLeases started = anotherProcess();
        started.freeThoseOfADeadProcess();
        assertThat(started.takeInterrupted(CONNECTOR)).isEmpty();
        assertThat(ledger.runs.renew(polling.id())).isTrue();
    }
}
