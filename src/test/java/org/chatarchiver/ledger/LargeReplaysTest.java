package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays of runs that are read in parts. */
class LargeReplaysTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";

    private static final int MANY = 1_200;

    LargeReplaysTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void theReportsOfARunOfManyItemsAndOfAnotherThatHasMetSomeAreRightBeforeDuringAndAfterItsReplay() {
        Run first = delivered("first", MANY);
        Run second = delivered("second", 2 * MANY);
        ledger.metAgain(second, items("first", MANY));
        ledger.metAgain(first, items("second", 10));
        assertReport(first, 2 * MANY, 0, 20);
        assertReport(second, 4 * MANY, 0, 2 * MANY);

        assertThat(ledger.replays.start(second.id(), "ada", "")).isTrue();

        assertReport(first, 2 * MANY, 0, 20);
        assertReport(second, 4 * MANY, 0, 2 * MANY);
        assertThat(replay(second)).isEqualTo(new Replays.Replay(at(), "ada", 6 * MANY, 0, 0, 0, 6 * MANY));
        assertThat(all().map(Item::state)).containsOnly(ItemState.RETRY);

        ledger.items.settle(all().map(item -> bertIsGone(item, first)).toList());
        assertReport(first, 2 * MANY, 0, 20);
        assertReport(second, 4 * MANY, 0, 2 * MANY);

        assertThat(ledger.replays.finish()).containsExactly(second.id());
        assertReport(first, MANY, MANY, 20);
        assertReport(second, 4 * MANY, MANY, MANY);
    }

    @LedgerTest
    void aReplayThatIsBegunAnewLooksForWhatIsDeliveredNowAndForNothingElse() {
        Run run = delivered("first", MANY);
        ledger.replays.start(run.id(), "ada", "");
        ledger.replays.missing(items("first", MANY));
        ledger.items.settle(all().map(item -> bertIsGone(item, run)).toList());
        ledger.clock.pass(Duration.ofSeconds(1));

        assertThat(ledger.replays.start(run.id(), "bob", "")).isTrue();

        assertReport(run, MANY, MANY, 0);
        assertThat(replay(run)).isEqualTo(new Replays.Replay(at(), "bob", MANY, 0, 0, 0, MANY));
        ledger.items.settle(items("first", MANY).stream()
                .filter(item -> item.target().equals(ANNA))
                .map(TestLedger::imported)
                .toList());
        assertThat(replay(run).present()).as("missed once, and not again").isEqualTo(MANY);
        assertThat(ledger.replays.finish()).containsExactly(run.id());
        assertReport(run, MANY, MANY, 0);
    }

    @LedgerTest
    void ofTwoWhoBeginTheFirstReplayOfARunAtOnceOneIsToldThatItIsUnderWay() throws Exception {
        Run run = delivered("first", 3);
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        TransactionTemplate transaction =
                new TransactionTemplate(new JdbcTransactionManager(ledger.jdbc.getDataSource()));
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            boolean begun = ledger.replays.start(run.id(), "ada", "");
            done.countDown();
            awaitCommit(commit);
            return begun;
        }));
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> other =
                CompletableFuture.supplyAsync(() -> ledger.replays.start(run.id(), "bob", ""));
        Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> !other.isDone());
        commit.countDown();

        assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(replay(run)).isEqualTo(new Replays.Replay(at(), "ada", 6, 0, 0, 0, 6));
    }

    @LedgerTest
    void itemsAreLockedInTheOrderInWhichTheDatabaseSortsTheirMessages() {
        List<UUID> messages = Stream.of("00", "7f", "80", "ff")
                .flatMap(first -> Stream.of("0", "7", "8", "f")
                        .map(second -> UUID.fromString(first + "000000-0000-0000-" + second + "000-000000000000")))
                .toList();
        List<UUID> sorted = ledger.jdbc.queryForList(
                "select message from unnest(cast(? as uuid array)) as given (message) order by message",
                UUID.class,
                (Object) messages.toArray(UUID[]::new));
        assertThat(messages.stream().map(message -> new ItemKey(message, "")).sorted())
                .extracting(ItemKey::message)
                .isEqualTo(sorted);
    }

    /** Each message for both. */
    private Run delivered(String prefix, int messages) {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, messages);
        List<Items.Fresh> fresh = IntStream.range(0, messages)
                .mapToObj(i -> TestLedger.fresh(TestLedger.revision(page, prefix + i, i), ANNA, BERT))
                .toList();
        ledger.items.register(fresh);
        ledger.items.settle(fresh.stream()
                .flatMap(one -> one.items().stream())
                .map(TestLedger::imported)
                .toList());
        ledger.pages.done(page);
        ledger.runs.landed(run.id(), (long) messages);
        return run;
    }

    private List<Item> items(String prefix, int messages) {
        return ledger
                .items
                .recall(
                        CONNECTOR,
                        IntStream.range(0, messages).mapToObj(i -> prefix + i).toList())
                .values()
                .stream()
                .flatMap(Collection::stream)
                .flatMap(known -> known.items().stream())
                .sorted(Comparator.comparing(ItemKey::of))
                .toList();
    }

    private Stream<Item> all() {
        return Stream.concat(items("first", MANY).stream(), items("second", 2 * MANY).stream());
    }

    private static Items.Settled bertIsGone(Item item, Run run) {
        return item.target().equals(BERT) && item.run().equals(run.id())
                ? new Items.Settled(item, ItemState.FAILED, Reason.MAILBOX_GONE, "Gone.", 0, null)
                : TestLedger.imported(item);
    }

    private void assertReport(Run run, long imported, long failed, long skipped) {
        ledger.assertTotals();
        RunReport report = ledger.reports.of(run.id()).orElseThrow();
        assertThat(List.of(report.imported(), report.failed(), report.skipped()))
                .containsExactly(imported, failed, skipped);
    }

    private Replays.Replay replay(Run run) {
        return ledger.replays.of(run.id()).orElseThrow();
    }

    private Instant at() {
        return ledger.clock.instant();
    }

    private static void awaitCommit(CountDownLatch commit) {
        try {
            commit.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
