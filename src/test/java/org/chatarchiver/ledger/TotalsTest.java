package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Totals of runs; that they are what the rows say is asserted behind every test of {@link LedgerContract}. */
class TotalsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";

    private final TransactionTemplate transaction;

    TotalsTest(TestLedger ledger) {
        super(ledger);
        transaction = new TransactionTemplate(new JdbcTransactionManager(ledger.jdbc.getDataSource()));
    }

    @LedgerTest
    void aReportSaysTheTotalsWhateverTheRows() {
        Run run = ledger.run();
        ledger.jdbc.update(
                "insert into run_total (run, outcome, reason, number) values (?, 'IMPORTED', '', 7)", run.id());
        ledger.jdbc.update(
                "insert into run_change (run, outcome, reason, number) values (?, 'ARRIVED', '', 9)", run.id());

        assertThat(report(run).imported()).isEqualTo(7);
        assertThat(report(run).arrived()).isEqualTo(9);
        assertThat(ledger.totals.of(run.id()))
                .containsExactly(
                        new TotalsCheck.Difference("IMPORTED", null, 7, 0),
                        new TotalsCheck.Difference("ARRIVED", null, 9, 0));
        ledger.jdbc.update("delete from run_total");
        ledger.jdbc.update("delete from run_change");
    }

    @LedgerTest
    void whatIsRolledBackIsCountedNowhere() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        Items.Fresh fresh = fresh(revision(page, "m1", 0), ANNA);
        transaction.executeWithoutResult(status -> {
            ledger.items.register(List.of(fresh));
            status.setRollbackOnly();
        });
        assertThat(report(run).pending()).isZero();
        assertThat(report(run).arrived()).isZero();
    }

    @LedgerTest
    void anItemThatIsSettledTwiceOrTogetherWithItsNextTryCountsOnce() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        Items.Fresh fresh = fresh(revision(page, "m1", 0), ANNA, BERT);
        ledger.items.register(List.of(fresh));
        Item anna = fresh.items().get(0);
        Item bert = fresh.items().get(1);

        ledger.items.settle(List.of(later(anna), imported(anna), imported(bert), imported(bert)));
        ledger.items.settle(List.of(imported(anna), later(bert)));

        assertThat(report(run).imported()).isEqualTo(2);
        assertThat(report(run).pending()).isZero();
    }

    @LedgerTest
    void anItemThatAnotherRunMeetsWhileItIsDeliveredIsCountedThereAsDeliveredWhicheverIsFirst() throws Exception {
        for (boolean metFirst : List.of(true, false)) {
            Run first = ledger.run();
            Items.Fresh fresh = fresh(revision(ledger.page(first, 1, 1), "met first: " + metFirst, 0), ANNA);
            ledger.items.register(List.of(fresh));
            ledger.runs.landed(first.id(), null);
            Run second = ledger.run();
            Runnable meet = () -> ledger.metAgain(second, fresh.items());
            Runnable deliver =
                    () -> ledger.items.settle(List.of(imported(fresh.items().get(0))));

            atOnce(metFirst ? meet : deliver, metFirst ? deliver : meet);

            assertThat(report(second).skipped()).isEqualTo(1);
            assertThat(report(second).pending()).isZero();
            ledger.runs.landed(second.id(), null);
        }
    }

    @LedgerTest
    void aCaptureThatTwoPagesBringInTwoRevisionsAtOnceArrivesOnce() throws Exception {
        Run first = ledger.run();
        Revision known = revision(ledger.page(first, 1, 1), "m1", 0);
        ledger.items.register(List.of(fresh(known, ANNA)));
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();
        Page one = ledger.page(second, 1, 1);
        Page other = ledger.page(second, 2, 1);

        atOnce(
                () -> ledger.items.register(List.of(fresh(changed(one, "+2"), ANNA))),
                () -> ledger.items.register(List.of(further(known, other, "+2"))));

        assertThat(report(second).arrived()).isEqualTo(1);
        assertThat(report(second).pending()).isEqualTo(2);
    }

    @LedgerTest
    void aCaptureThatIsMetAgainInTwoRevisionsByTwoPagesAtOnceArrivesOnce() throws Exception {
        Run first = ledger.run();
        Page page = ledger.page(first, 1, 2);
        Revision known = revision(page, "m1", 0);
        Revision changed = changed(page, "+1");
        ledger.items.register(List.of(fresh(known, ANNA), fresh(changed, ANNA)));
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();

        atOnce(
                () -> ledger.items.metAgain(
                        second.id(),
                        List.of(item(known, ANNA, ItemState.SENDING, null)),
                        List.of(new CaptureKey(known.id(), "+1"))),
                () -> ledger.items.metAgain(
                        second.id(),
                        List.of(item(changed, ANNA, ItemState.SENDING, null)),
                        List.of(new CaptureKey(changed.id(), "+1"))));

        assertThat(report(second).arrived()).isEqualTo(1);
        assertThat(report(second).pending()).isEqualTo(2);
    }

    @LedgerTest
    void aMalformedElementThatTwoPagesBringAtOnceArrivesOnce() throws Exception {
        Run run = ledger.run();
        Page one = ledger.page(run, 1, 1);
        Page other = ledger.page(run, 2, 1);

        atOnce(() -> malformed(one), () -> malformed(other));

        assertThat(report(run).arrived()).isEqualTo(1);
        assertThat(report(run).failed()).isEqualTo(1);
    }

    @LedgerTest
    void twoReplaysThatLookForTheSameItemLeaveBothReportsAsTheyWere() {
        Run first = ledger.run();
        ledger.delivered(first, 1, "m1", "m2");
        ledger.runs.landed(first.id(), null);
        Run second = ledger.run();
        ledger.metAgain(second, List.of(ledger.recalled("m1", ANNA)));
        ledger.runs.landed(second.id(), null);

        ledger.replays.start(first.id(), "ada", "");
        ledger.items.settle(List.of(imported(ledger.recalled("m1", ANNA))));
        ledger.clock.pass(Duration.ofSeconds(1));
        ledger.replays.start(second.id(), "ada", "");
        assertThat(report(first).imported()).isEqualTo(2);
        assertThat(report(second).skipped()).isEqualTo(1);
        ledger.assertTotals();

        ledger.items.restate(List.of(in(ledger.recalled("m1", ANNA), ItemState.SENDING)));
        ledger.items.settle(List.of(new Items.Settled(
                ledger.recalled("m1", ANNA), ItemState.FAILED, Reason.MAILBOX_GONE, "Gone.", 0, null)));
        ledger.assertTotals();
        assertThat(ledger.replays.finish()).containsExactly(second.id());
        ledger.assertTotals();
        ledger.items.settle(List.of(imported(ledger.recalled("m2", ANNA))));
        assertThat(ledger.replays.finish()).containsExactly(first.id());

        assertThat(report(first).imported()).isEqualTo(1);
        assertThat(report(first).failedByReason()).containsOnlyKeys(Reason.MAILBOX_GONE);
        assertThat(report(second).failedByReason()).containsOnlyKeys(Reason.MAILBOX_GONE);
    }

    @LedgerTest
    void aReplayThatIsBegunAnewBeforeTheFirstWasEndedCountsWhatThatHasFound() {
        Run run = ledger.run();
        ledger.delivered(run, 1, "m1", "m2");
        ledger.runs.landed(run.id(), null);
        ledger.replays.start(run.id(), "ada", "");
        ledger.items.settle(List.of(
                imported(ledger.recalled("m1", ANNA)),
                new Items.Settled(
                        ledger.recalled("m2", ANNA), ItemState.FAILED, Reason.MAILBOX_GONE, "Gone.", 0, null)));

        assertThat(ledger.replays.start(run.id(), "bob", "")).isTrue();

        assertThat(report(run).imported()).isEqualTo(1);
        assertThat(report(run).failed()).isEqualTo(1);
    }

    @LedgerTest
    void whatManyWriteWhileTwoArchiversAddItUpIsCountedOnce() throws Exception {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 60);
        RunTotals another = new RunTotals(ledger.jdbc, new JdbcTransactionManager(ledger.jdbc.getDataSource()));
        List<Future<?>> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int t = 0; t < 4; t++) {
                int thread = t;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 15; i++) {
                        Items.Fresh fresh = fresh(revision(page, "m" + thread + "-" + i, i), ANNA);
                        ledger.items.register(List.of(fresh));
                        ledger.items.settle(List.of(imported(fresh.items().get(0))));
                    }
                }));
            }
            for (RunTotals archiver : List.of(ledger.sums, another)) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        archiver.fold();
                        ledger.assertTotals();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(report(run).imported()).isEqualTo(60);
        assertThat(report(run).arrived()).isEqualTo(60);
    }

    /** Both in transactions, of which the second begins when the first has done all that it does and is not committed. */
    private void atOnce(Runnable first, Runnable second) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(status -> {
            first.run();
            done.countDown();
            await(commit);
        }));
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> other = CompletableFuture.runAsync(second);
        // It either waits for the first or is through: in both cases nothing more happens until the commit.
        Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        commit.countDown();
        one.get(30, TimeUnit.SECONDS);
        other.get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void malformed(Page page) {
        Revision revision = Revision.of(CONNECTOR, Revision.malformed("m1"), "b".repeat(64), 0, page, 0, "", "", "");
        Item failing = item(revision, ItemTarget.participant(""), ItemState.FAILING, Reason.TIME_MISSING);
        ledger.channels.record(List.of(TestLedger.failure(page, revision, failing, Reason.TIME_MISSING)));
    }

    private static Revision changed(Page page, String owner) {
        return Revision.of(CONNECTOR, "m1", "e".repeat(64), 1, page, 1, owner, owner, "In");
    }

    private static Items.Fresh further(Revision revision, Page page, String owner) {
        Item bert = new Item(
                revision.id(), BERT, page.run(), page.number(), ItemState.SENDING, null, null, null, 0, null, null);
        return new Items.Fresh(
                revision,
                true,
                List.of(bert),
                List.of(Capture.of(revision.id(), owner, owner, page, 0).mapped(BERT, true)));
    }

    private static Item in(Item item, ItemState state) {
        return new Item(item.message(), item.target(), item.run(), item.page(), state, null, null, null, 0, null, null);
    }

    private Items.Settled later(Item item) {
        return new Items.Settled(
                item,
                ItemState.RETRY,
                Reason.THROTTLED,
                "Later.",
                0,
                ledger.clock.instant().plusSeconds(60));
    }

    private RunReport report(Run run) {
        return ledger.reports.of(run.id()).orElseThrow();
    }
}
