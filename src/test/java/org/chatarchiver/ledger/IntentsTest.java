package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.failure;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** What is about to be sent is one record, and an item's row is written with its outcome. */
class IntentsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";

    private Page page;

    IntentsTest(TestLedger ledger) {
        super(ledger);
    }

    @BeforeEach
    void land() {
        page = ledger.page(ledger.run(), 1, 2);
    }

    @LedgerTest
    void anItemsRowIsWrittenOnceWithItsOutcome() {
        Items.Fresh fresh = register("m1", ANNA);
        assertThat(rows()).isZero();
        assertThat(ledger.pages.inDoubt(page)).isTrue();
        ledger.assertTotals();

        ledger.items.settle(List.of(imported(fresh.items().get(0))));

        assertThat(rows()).isOne();
        assertThat(ledger.recalled("m1", ANNA)).satisfies(item -> {
            assertThat(item.state()).isEqualTo(ItemState.IMPORTED);
            assertThat(item.attempts()).isOne();
            assertThat(item.firstTry()).isEqualTo(ledger.clock.instant());
        });
        ledger.pages.done(page);
        assertThat(ledger.pages.inDoubt(page)).isFalse();
        assertThat(records()).isZero();
    }

    @LedgerTest
    void whatHasNoOutcomeWhenWorkIsBrokenOffIsRecalledAsBeingSent() {
        Items.Fresh fresh = register("m1", ANNA, BERT);
        ledger.items.settle(List.of(imported(fresh.items().get(0))));

        assertThat(ledger.recalled("m1", ANNA).state()).isEqualTo(ItemState.IMPORTED);
        Item doubtful = ledger.recalled("m1", BERT);
        assertThat(doubtful).isEqualTo(fresh.items().get(1));
        assertThat(ledger.pages.inDoubt(page)).isTrue();

        ledger.items.settle(List.of(imported(doubtful)));
        assertThat(ledger.recalled("m1", BERT).state()).isEqualTo(ItemState.IMPORTED);
        assertThat(ledger.pages.inDoubt(page)).isFalse();
    }

    @LedgerTest
    void moreItemsThanADatabaseTakesInAnArrayAreRecalledToo() {
        String[] mailboxes = IntStream.range(0, 700)
                .mapToObj(i -> "user" + i + "@example.com")
                .toArray(String[]::new);
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
        assertThat(ledger.items.register(ids.stream()
                        .map(id -> fresh(revision(page, id, 0), mailboxes))
                        .toList()))
                .isTrue();
        ledger.assertTotals();

        assertThat(ledger.items.recall(CONNECTOR, ids))
                .hasSize(ids.size())
                .allSatisfy((id, known) -> assertThat(known.get(0).items()).hasSize(mailboxes.length));
        assertThat(rows()).isEqualTo(70_000);
        ledger.items.recall(CONNECTOR, ids);
        ledger.assertTotals();
    }

    @LedgerTest
    void aPageThatEndsLeavesNothingWithoutARow() {
        register("m1", ANNA, BERT);

        ledger.pages.done(page);

        assertThat(rows()).isEqualTo(2);
        assertThat(ledger.recalled("m1", BERT).state()).isEqualTo(ItemState.SENDING);
    }

    @LedgerTest
    void theNextPartOfAPageEndsTheRecordOfTheOneBefore() {
        Items.Fresh first = register("m1", ANNA);
        ledger.items.settle(List.of(imported(first.items().get(0))));

        register("m2", ANNA);

        assertThat(records()).isOne();
        assertThat(ledger.recalled("m1", ANNA).state()).isEqualTo(ItemState.IMPORTED);
        assertThat(ledger.recalled("m2", ANNA).state()).isEqualTo(ItemState.SENDING);
    }

    @LedgerTest
    void aRefusalAndAPauseWriteTheRowsOfTheirItemsOnly() {
        Items.Fresh fresh = register("m1", ANNA, BERT, "carl@example.com");
        Item refused = fresh.items().get(0);
        ledger.channels.record(List.of(failure(page, fresh.revision(), refused, Reason.QUOTA_EXCEEDED)));
        Item paused = fresh.items().get(1);
        ledger.items.postpone(
                List.of(new Items.Settled(
                        paused,
                        ItemState.RETRY,
                        Reason.DESTINATION_UNAVAILABLE,
                        "It is busy.",
                        0,
                        ledger.clock.instant().plus(Duration.ofMinutes(1)))),
                true);
        ledger.assertTotals();
        assertThat(rows()).isEqualTo(2);
        assertThat(records()).isOne();

        ledger.items.settle(List.of(imported(fresh.items().get(2))));

        assertThat(ledger.recalled("m1", refused.target()).state()).isEqualTo(ItemState.FAILED);
        assertThat(ledger.recalled("m1", paused.target()).state()).isEqualTo(ItemState.RETRY);
    }

    @LedgerTest
    void anOutcomeThatComesTwiceOrLateChangesNothingThatIsDelivered() {
        Items.Fresh fresh = register("m1", ANNA);
        Item item = fresh.items().get(0);
        ledger.items.settle(List.of(imported(item)));

        ledger.items.settle(List.of(new Items.Settled(
                item,
                ItemState.RETRY,
                Reason.DESTINATION_UNAVAILABLE,
                "Late.",
                0,
                ledger.clock.instant().plusSeconds(1))));

        assertThat(ledger.recalled("m1", ANNA).state()).isEqualTo(ItemState.IMPORTED);
    }

    @LedgerTest
    void outcomesAreKeptWhileAnotherPageMeetsTheSameMessages() throws Exception {
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
        List<Items.Fresh> fresh =
                ids.stream().map(id -> fresh(revision(page, id, 0), ANNA, BERT)).toList();
        assertThat(ledger.items.register(fresh)).isTrue();
        Run other = ledger.runs
                .open("whatsapp", Run.Cause.BACKFILL, false, TestLedger.DAY, TestLedger.DAY.plus(Duration.ofDays(1)))
                .orElseThrow();
        CyclicBarrier together = new CyclicBarrier(3);
        List<Callable<Void>> jobs = List.of(() -> settle(together, fresh, 0), () -> settle(together, fresh, 1), () -> {
            together.await();
            for (int i = 0; i < ids.size(); i += 50) {
                List<Item> met = new ArrayList<>();
                ledger.items.recall(CONNECTOR, ids.subList(i, i + 50)).values().stream()
                        .flatMap(known -> known.get(0).items().stream())
                        .forEach(met::add);
                assertThat(met).hasSize(100);
                ledger.metAgain(other, met);
            }
            return null;
        });
        ExecutorService workers = Executors.newFixedThreadPool(jobs.size());
        try {
            for (Future<Void> job : workers.invokeAll(jobs)) {
                job.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(ledger.items.recall(CONNECTOR, ids).values())
                .allSatisfy(
                        known -> assertThat(known.get(0).items()).hasSize(2).allSatisfy(item -> assertThat(item.state())
                                .isEqualTo(ItemState.IMPORTED)));
    }

    @LedgerTest
    void whatReplacesAFailureCountsOnceInEveryRunThatMetThat() {
        Revision malformed = revision(page, "m1", 0);
        Item failure = TestLedger.item(malformed, ItemTarget.participant("ann"), ItemState.FAILING, Reason.NO_MAPPING);
        assertThat(ledger.items.register(List.of(new Items.Fresh(malformed, List.of(failure)))))
                .isTrue();
        ledger.channels.record(List.of(failure(page, malformed, failure, Reason.NO_MAPPING)));
        Run other = ledger.runs
                .open("whatsapp", Run.Cause.BACKFILL, false, TestLedger.DAY, TestLedger.DAY.plus(Duration.ofDays(1)))
                .orElseThrow();
        Item failed = ledger.recalled("m1", failure.target());
        ledger.metAgain(other, List.of(failed));

        Items.Fresh understood = register("m2", ANNA);
        ledger.replacements.replaced(List.of(failed), understood.items(), List.of());
        ledger.assertTotals();
        ledger.items.settle(List.of(imported(understood.items().get(0))));

        ledger.assertTotals();
        assertThat(ledger.reports.of(other.id()).orElseThrow().skipped()).isOne();
    }

    @LedgerTest
    void whoAsksForAMessageIsToldThatItIsBeingSent() {
        register("m1", ANNA);

        assertThat(ledger.messageItems.list("m1", "", List.of(ItemState.values()), 10, ""))
                .singleElement()
                .satisfies(entry -> assertThat(entry.item().state()).isEqualTo(ItemState.SENDING));
    }

    private Void settle(CyclicBarrier together, List<Items.Fresh> fresh, int mailbox) throws Exception {
        together.await();
        for (int i = 0; i < fresh.size(); i += 10) {
            ledger.items.settle(fresh.subList(i, i + 10).stream()
                    .map(one -> imported(one.items().get(mailbox)))
                    .toList());
        }
        return null;
    }

    private Items.Fresh register(String id, String... mailboxes) {
        Items.Fresh fresh = fresh(revision(page, id, 0), mailboxes);
        assertThat(ledger.items.register(List.of(fresh))).isTrue();
        return fresh;
    }

    private long rows() {
        return ledger.jdbc.queryForObject("select count(*) from item", Long.class);
    }

    private long records() {
        return ledger.jdbc.queryForObject("select count(*) from intent", Long.class);
    }
}
