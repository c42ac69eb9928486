package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class ReplaysTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";

    ReplaysTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whatWasDeliveredIsInDoubtAndDueAndWhatFailedStays() {
        Run run = ended("m1", "m2");
        Page page = ledger.pages.find(run.id() + "/1").orElseThrow();
        ledger.failed(page, "m3", ItemTarget.participant("+4915112345678"), Reason.NO_MAPPING);

        assertThat(ledger.replays.start(run.id(), "ada", "")).isTrue();

        assertThat(ledger.recalled("m1", ANNA)).satisfies(item -> {
            assertThat(item.state()).isEqualTo(ItemState.RETRY);
            assertThat(item.retryAt()).isEqualTo(ledger.clock.instant());
            assertThat(item.firstTry()).isNull();
        });
        assertThat(ledger.recalled("m3", ItemTarget.participant("+4915112345678"))
                        .state())
                .isEqualTo(ItemState.FAILED);
        assertThat(ledger.pages.state(page)).contains(new Pages.Work(false, true));
        assertThat(replay(run)).isEqualTo(new Replays.Replay(ledger.clock.instant(), "ada", 2, 0, 0, 0, 2));
        assertThat(ledger.replays.start(run.id(), "ada", "")).as("under way").isFalse();
    }

    @LedgerTest
    void whatIsFoundAndWhatIsSentAgainAreToldApart() {
        Run run = ended("m1", "m2", "m3");
        ledger.replays.start(run.id(), "ada", "");
        Item missing = ledger.recalled("m2", ANNA);
        Item refused = ledger.recalled("m3", ANNA);

        ledger.replays.missing(List.of(missing, refused));
        ledger.items.settle(List.of(
                TestLedger.imported(ledger.recalled("m1", ANNA)),
                TestLedger.imported(missing),
                new Items.Settled(refused, ItemState.FAILED, Reason.MAILBOX_GONE, "Gone.", 0, null)));

        Replays.Replay replay = replay(run);
        assertThat(replay.present()).isEqualTo(1);
        assertThat(replay.deliveredAgain()).isEqualTo(1);
        assertThat(replay.failed()).isEqualTo(1);
        assertThat(replay.pending()).isZero();
        ledger.clock.pass(Duration.ofSeconds(1));
        assertThat(ledger.replays.start(run.id(), "bob", "")).isTrue();
        assertThat(replay(run).items()).as("what was delivered then").isEqualTo(2);
    }

    @LedgerTest
    void aReportDoesNotChangeWhileAReplayIsUnderWayNotEvenThatOfAnotherRun() {
        Run run = ended("m1", "m2", "m3");
        Run second = ended("m4");
        ledger.metAgain(second, List.of(ledger.recalled("m1", ANNA)));
        ledger.reports.finish(run.id());
        ledger.reports.finish(second.id());
        RunReport before = report(run);
        RunReport ofSecond = report(second);

        ledger.replays.start(run.id(), "ada", "");
        assertThat(report(run)).isEqualTo(before);
        assertThat(report(second)).isEqualTo(ofSecond);

        Item refused = ledger.recalled("m3", ANNA);
        ledger.replays.missing(List.of(refused));
        ledger.items.settle(List.of(
                TestLedger.imported(ledger.recalled("m1", ANNA)),
                new Items.Settled(refused, ItemState.FAILED, Reason.MAILBOX_GONE, "Gone.", 0, null)));
        ledger.replays.finish();
        assertThat(report(run)).as("one is still looked for").isEqualTo(before);
        assertThat(replay(run).pending()).isEqualTo(1);

        ledger.items.settle(List.of(TestLedger.imported(ledger.recalled("m2", ANNA))));
        ledger.replays.finish();
        assertThat(report(run).imported()).isEqualTo(2);
        assertThat(report(run).failedByReason()).containsOnlyKeys(Reason.MAILBOX_GONE);
        assertThat(report(second)).isEqualTo(ofSecond);
    }

    private RunReport report(Run run) {
        return ledger.reports.of(run.id()).orElseThrow();
    }

    @LedgerTest
    void itemsOfAnotherRunThatWereMetAgainAreTakenToo() {
        ended("m1");
        Run second = ended("m2");
        ledger.metAgain(second, List.of(ledger.recalled("m1", ANNA)));

        ledger.replays.start(second.id(), "ada", "");

        assertThat(replay(second).items()).isEqualTo(2);
        assertThat(ledger.recalled("m1", ANNA).state()).isEqualTo(ItemState.RETRY);
        assertThat(ledger.pages.due(10, List.of(CONNECTOR))).hasSize(2);
    }

    @LedgerTest
    void aRunThatWasNeverReplayedHasNoReplayAndNothingMissingIsNothing() {
        Run run = ended("m1");
        ledger.replays.missing(List.of(ledger.recalled("m1", ANNA)));
        assertThat(ledger.replays.of(run.id())).isEmpty();
    }

    @LedgerTest
    void twoWhoNoteTheSameItemsAsMissingInOppositeOrderWaitForEachOtherAndBothAreDone() throws Exception {
        String[] ids = IntStream.range(0, 300).mapToObj(i -> "m" + i).toArray(String[]::new);
        Run run = ended(ids);
        ledger.replays.start(run.id(), "ada", "");
        List<Item> items =
                Arrays.stream(ids).map(id -> ledger.recalled(id, ANNA)).toList();
        List<Item> opposite = new ArrayList<>(items);
        Collections.reverse(opposite);

        for (int i = 0; i < 20; i++) {
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> ledger.replays.missing(items));
            ledger.replays.missing(opposite);
            one.get(30, TimeUnit.SECONDS);
        }

        ledger.items.settle(items.stream().map(TestLedger::imported).toList());
        assertThat(replay(run).deliveredAgain()).isEqualTo(300);
    }

    @LedgerTest
    void alertsAreKeptByTheirCause() {
        Instant now = ledger.clock.instant();
        assertThat(ledger.alerts.last("X")).isEmpty();
        ledger.alerts.said("X", now, "a".repeat(64));
        ledger.clock.pass(Duration.ofSeconds(9));
        ledger.alerts.said("X", now.plusSeconds(3), "b".repeat(64));
        assertThat(ledger.alerts.last("X"))
                .contains(new AlertLog.Said(now.plusSeconds(9), now.plusSeconds(3), "b".repeat(64)));
    }

    @LedgerTest
    void conditionsAreThoseOfTheConnectorAndOfRealRuns() {
        Conditions conditions = ledger.conditions;
        assertThat(conditions.lastComplete(CONNECTOR)).isEmpty();
        assertThat(conditions.oldestUnarchived(CONNECTOR)).isEmpty();
        Run run = ended("m1");
        Instant now = ledger.clock.instant();
        ledger.reports.finish(run.id());
        assertThat(conditions.lastComplete(CONNECTOR)).contains(now);
        assertThat(conditions.firstStart(CONNECTOR)).contains(run.started());
        assertThat(conditions.ended(Run.State.COMPLETE, now.minusSeconds(1), now))
                .extracting(Run::id)
                .containsExactly(run.id());
        assertThat(conditions.ended(Run.State.COMPLETE, now, now.plusSeconds(1)))
                .isEmpty();
        assertThat(conditions.traffic(CONNECTOR, run.to().minusSeconds(1), run.to()))
                .isEqualTo(Conditions.Traffic.SOME);
        assertThat(conditions.traffic(CONNECTOR, run.to(), run.to().plusSeconds(1)))
                .isEqualTo(Conditions.Traffic.NO_RUN);
        ledger.channels.record(List.of(Failure.ofPoll(CONNECTOR, run.id(), Reason.SOURCE_STALLED, "It failed.")));
        assertThat(conditions.opened(now.minusSeconds(1), now))
                .containsExactly(new Conditions.Entries(CONNECTOR, Channel.SOURCE, Reason.SOURCE_STALLED, 1));
        assertThat(conditions.open()).containsExactly(new Conditions.Open(CONNECTOR, Channel.SOURCE, 1));

        ledger.replays.start(run.id(), "ada", "");

        assertThat(conditions.oldestUnarchived(CONNECTOR)).isPresent();
        assertThat(conditions.oldestUnarchived("whatsapp")).isEmpty();
    }

    private Run ended(String... ids) {
        Run run = ledger.run();
        ledger.delivered(run, 1, ids);
        ledger.runs.landed(run.id(), (long) ids.length);
        return run;
    }

    private Replays.Replay replay(Run run) {
        return ledger.replays.of(run.id()).orElseThrow();
    }
}
