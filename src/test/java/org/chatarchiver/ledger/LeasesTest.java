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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Instant DAY2 = DAY.plus(Duration.ofDays(1));
    private static final Instant DAY3 = DAY.plus(Duration.ofDays(2));

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(TestLedger.h2());
        }

        @Test
        void atStartWhoeverPolledIsDeadHoweverFreshTheLease() {
            Run killed = ledger.run();
            assertThat(ledger.interruptions.endOfDeadProcess())
                    .extracting(Failure::run)
                    .containsExactly(killed.id());
            assertInterrupted(killed);
            assertThat(ledger.run().state()).isEqualTo(Run.State.RUNNING);
        }
    }

    @Nested
    class OnPostgreSql extends Contract {
        OnPostgreSql() {
            super(TestLedger.postgreSql());
        }

        @Test
        void atStartWhoeverPollsMayBeAnotherArchiver() {
            Run polling = ledger.run();
            assertThat(ledger.interruptions.endOfDeadProcess()).isEmpty();
            assertThat(ledger.runs.renew(polling.id())).isTrue();
        }
    }

    abstract static class Contract {
        final TestLedger ledger;

        Contract(TestLedger ledger) {
            this.ledger = ledger;
        }

        @BeforeEach
        void empty() {
            ledger.clear();
        }

        @Test
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

        @Test
        void aLapsedLeaseIsTakenOverAndTheInterruptedRunFailsWithAnEntry() {
            Run killed = ledger.run();
            ledger.lapse();
            Run next = ledger.run();
            assertInterrupted(killed);
            assertThat(ledger.runs.renew(killed.id())).isFalse();
            assertThat(ledger.runs.renew(next.id())).isTrue();
        }

        @Test
        void aRunWhoseLeaseLapsedEndsEvenIfNoOtherFollows() {
            Run polling = ledger.run();
            assertThat(ledger.interruptions.endLapsed()).isEmpty();
            ledger.lapse();
            assertThat(ledger.interruptions.endLapsed())
                    .extracting(Failure::reason)
                    .containsExactly(Reason.RUN_INTERRUPTED);
            assertInterrupted(polling);
            assertThat(ledger.interruptions.endLapsed()).as("said once").isEmpty();
        }

        @Test
        void anInterruptedDryRunLeavesNoEntry() {
            Run dry = ledger.runs
                    .open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY2)
                    .orElseThrow();
            ledger.lapse();
            assertThat(ledger.interruptions.endLapsed()).isEmpty();
            assertThat(ledger.runs.find(dry.id())).get().extracting(Run::state).isEqualTo(Run.State.FAILED);
            assertThat(ledger.channels.counts()).containsEntry(Channel.SOURCE, 0L);
        }

        @Test
        void aRunThatHasLandedIsNotInterrupted() {
            Run landed = ledger.run();
            ledger.runs.landed(landed.id(), null);
            assertThat(ledger.interruptions.endLapsed()).isEmpty();
            assertThat(ledger.interruptions.stop(landed.id())).isEmpty();
        }

        @Test
        void aRunThatIsStoppedGivesItsLeaseBackAtOnce() {
            Run stopped = ledger.run();
            assertThat(ledger.interruptions.stop(stopped.id())).isPresent();
            assertInterrupted(stopped);
            assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                    .isPresent();
        }

        @Test
        void aRenewedLeaseHolds() {
            Run run = ledger.run();
            ledger.lapse();
            assertThat(ledger.runs.renew(run.id())).isTrue();
            assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                    .isEmpty();
            assertThat(ledger.interruptions.endLapsed()).isEmpty();
        }

        @Test
        void anArchiverWhoseClockRunsAheadTakesNoLeaseFromALivingRun() {
            Run run = ledger.run();
            ledger.clock.pass(Duration.ofDays(1));
            assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, false, DAY, DAY2))
                    .isEmpty();
            assertThat(ledger.runs.renew(run.id())).isTrue();
        }

        @Test
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

        @Test
        void aRunThatLostItsLeaseHandsNothingOn() {
            Run first = ledger.run();
            ledger.lapse();
            Run other = ledger.run();
            assertThat(ledger.runs.landed(first.id(), null, opening(DAY2, DAY3)))
                    .isEmpty();
            assertThat(ledger.runs.renew(other.id())).isTrue();
            assertInterrupted(first);
        }

        private static Opening opening(Instant from, Instant to) {
            return new Opening(CONNECTOR, Run.Cause.MANUAL, false, from, to, null);
        }

        void assertInterrupted(Run run) {
            assertThat(ledger.runs.find(run.id())).get().satisfies(found -> {
                assertThat(found.state()).isEqualTo(Run.State.FAILED);
                assertThat(found.reason()).isEqualTo(Reason.RUN_INTERRUPTED);
                assertThat(found.finished()).isNotNull();
            });
            assertThat(ledger.channels.list(Channel.SOURCE, 10, 0))
                    .filteredOn(entry -> entry.run().equals(run.id()))
                    .extracting(Channels.Entry::reason)
                    .containsExactly(Reason.RUN_INTERRUPTED);
        }
    }
}
