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

/** An item that has no row yet is found by whoever meets its message, replaces a failure by it, or asks for it. */
class UnwrittenItemsTest extends IntentsContract {
    UnwrittenItemsTest(TestLedger ledger) {
        super(ledger);
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
}
