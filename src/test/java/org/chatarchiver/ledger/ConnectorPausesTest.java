package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.DAY;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

class ConnectorPausesTest extends LedgerContract {
    private static final Instant DAY2 = DAY.plus(Duration.ofDays(1));
    private static final Instant DAY3 = DAY.plus(Duration.ofDays(2));

    ConnectorPausesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aPauseSaysWhoWhenByTheDatabasesClockAndWhy() {
        assertThat(ledger.pauses.of(CONNECTOR)).isEmpty();
        ledger.clock.pass(Duration.ofDays(40));

        assertThat(ledger.pauses.pause(CONNECTOR, "ada", "The feed moves")).isTrue();

        Instant now =
                ledger.jdbc.queryForObject("select current_timestamp as now", (row, number) -> Sql.at(row, "now"));
        assertThat(ledger.pauses.of(CONNECTOR)).get().satisfies(pause -> {
            assertThat(pause.by()).isEqualTo("ada");
            assertThat(pause.reason()).isEqualTo("The feed moves");
            assertThat(pause.at()).isCloseTo(now, within(1, ChronoUnit.MINUTES));
        });
        assertThat(ledger.pauses.of("whatsapp")).isEmpty();
    }

    @LedgerTest
    void whatIsPausedOrNotAlreadyStaysAsItIs() {
        assertThat(ledger.pauses.resume(CONNECTOR, "ada")).isFalse();
        ledger.pauses.pause(CONNECTOR, "ada", "First");
        Optional<ConnectorPauses.Pause> first = ledger.pauses.of(CONNECTOR);

        assertThat(ledger.pauses.pause(CONNECTOR, "bob", "Second")).isFalse();
        assertThat(ledger.pauses.of(CONNECTOR)).isEqualTo(first);

        assertThat(ledger.pauses.resume(CONNECTOR, "ada")).isTrue();
        assertThat(ledger.pauses.resume(CONNECTOR, "ada")).isFalse();
        assertThat(ledger.pauses.of(CONNECTOR)).isEmpty();
    }

    @LedgerTest
    void namesAndReasonsOfAnyLengthAndKindAreKeptAsFarAsTheyFit() {
        ledger.pauses.pause(CONNECTOR, "n".repeat(300), "\uD83D\uDE00".repeat(400) + "\0\uD800");
        assertThat(ledger.pauses.of(CONNECTOR)).get().satisfies(pause -> {
            assertThat(pause.by()).hasSize(200);
            assertThat(pause.reason()).isEqualTo("\uD83D\uDE00".repeat(250));
        });
    }

    @LedgerTest
    void noRunBeginsWhileItIsPausedWhicheverArchiverWould() {
        ledger.pauses.pause(CONNECTOR, "ada", "Why not");

        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.SCHEDULE, false, DAY, DAY2))
                .isEmpty();
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.MANUAL, true, DAY, DAY2))
                .as("a dry one")
                .isEmpty();
        assertThat(ledger.runs.open("whatsapp", Run.Cause.SCHEDULE, false, DAY, DAY2))
                .as("another connector's")
                .isPresent();

        ledger.pauses.resume(CONNECTOR, "ada");
        assertThat(ledger.runs.open(CONNECTOR, Run.Cause.SCHEDULE, false, DAY, DAY2))
                .isPresent();
    }

    @LedgerTest
    void aRunThatPollsKeepsItsLeaseLearnsOfThePauseAndIsTakenUpOnlyWhenThatHasEnded() {
        Run run = ledger.run();
        assertThat(ledger.runLeases.isPaused(run.id())).isFalse();
        ledger.pauses.pause(CONNECTOR, "ada", "Why not");
        assertThat(ledger.runLeases.isPaused(run.id())).isTrue();
        assertThat(ledger.runs.renew(run.id())).isTrue();

        ledger.runLeases.release(run.id());
        RunLeases other = new RunLeases(JdbcClient.create(ledger.jdbc), ledger.jdbc.getDataSource());
        assertThat(ledger.polls.takeUp(CONNECTOR)).isEmpty();
        assertThat(other.takeInterrupted(CONNECTOR)).isEmpty();

        ledger.pauses.resume(CONNECTOR, "ada");
        assertThat(other.takeInterrupted(CONNECTOR)).contains(run.id());
        assertThat(ledger.polls.takeUp(CONNECTOR)).as("once").isEmpty();
    }

    @LedgerTest
    void theNextWindowOfAWishThatHasBegunIsKeptAsARunThatGoesOnLater() {
        Run first = ledger.run(Run.Cause.BACKFILL, DAY, DAY2);
        ledger.pauses.pause(CONNECTOR, "ada", "Why not");

        Run next = ledger.runs
                .landed(
                        first.id(),
                        0L,
                        new Opening(CONNECTOR, "WeChat Archiver", Run.Cause.BACKFILL, false, DAY2, DAY3, DAY3))
                .orElseThrow();

        ledger.runLeases.release(next.id());
        assertThat(ledger.polls.takeUp(CONNECTOR)).isEmpty();
        ledger.pauses.resume(CONNECTOR, "ada");
        assertThat(ledger.polls.takeUp(CONNECTOR)).contains(next);
    }

    @LedgerTest
    void aPausedConnectorsRunCanBeCancelled() {
        Run run = ledger.run();
        ledger.pauses.pause(CONNECTOR, "ada", "Why not");
        assertThat(ledger.polls.cancel(run.id(), "bob", "")).isTrue();
    }
}
