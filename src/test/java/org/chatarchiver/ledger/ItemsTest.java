package org.chatarchiver.ledger;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class ItemsTest extends LedgerContract {
    ItemsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whatIsRegisteredIsRecalled() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Items.Fresh fresh = fresh(revision(page, "m1", 3), "anna@example.com", "bert@example.com");
        assertThat(ledger.items.register(List.of(fresh))).isTrue();
        List<Items.Known> known =
                ledger.items.recall(CONNECTOR, Set.of("m1", "m2")).get("m1");
        assertThat(known).singleElement().satisfies(one -> {
            assertThat(one.revision()).isEqualTo(fresh.revision());
            assertThat(one.items()).containsExactlyElementsOf(fresh.items());
        });
        assertThat(ledger.items.recall("whatsapp", Set.of("m1"))).isEmpty();
        assertThat(ledger.items.recall(CONNECTOR, Set.of())).isEmpty();
    }

    @LedgerTest
    void twoThousandSourceIdsAreRecalledAtOnce() {
        Page page = ledger.page(ledger.run(), 1, 2000);
        List<String> ids =
                IntStream.range(0, 2000).mapToObj(number -> "m" + number).toList();
        assertThat(ledger.items.register(ids.stream()
                        .map(id -> fresh(revision(page, id, 0), "anna@example.com"))
                        .toList()))
                .isTrue();
        assertThat(ledger.items.recall(CONNECTOR, ids))
                .hasSize(2000)
                .allSatisfy((id, known) -> assertThat(known.get(0).items()).hasSize(1));
    }

    @LedgerTest
    void recallingUsesAnIndex() {
        Page page = ledger.page(ledger.run(), 1, 3000);
        ledger.items.register(IntStream.range(0, 3000)
                .mapToObj(number -> fresh(revision(page, "m" + number, 0), "anna@example.com"))
                .toList());
        ledger.jdbc.execute("analyze");
        String plan = String.join(
                "\n",
                ledger.jdbc.query(
                        "explain select * from message where connector = ? and source_id = any(?)",
                        (row, number) -> row.getString(1),
                        CONNECTOR,
                        new String[] {"m1", "m2"}));
        assertThat(plan.toLowerCase(Locale.ROOT)).contains("index").doesNotContain("tablescan", "seq scan");
    }

    @LedgerTest
    void ofTwoPagesThatRegisterOneMessageTheFirstWinsAndNothingOfTheOtherIsRecorded() {
        Run run = ledger.run();
        Page first = ledger.page(run, 1, 1);
        Page second = ledger.page(run, 2, 2);
        ledger.items.register(List.of(fresh(revision(first, "m1", 0), "anna@example.com")));
        assertThat(ledger.items.register(List.of(
                        fresh(revision(second, "m0", 0), "anna@example.com"),
                        fresh(revision(second, "m1", 1), "anna@example.com"))))
                .isFalse();
        assertThat(ledger.items.recall(CONNECTOR, Set.of("m0"))).isEmpty();
    }

    @LedgerTest
    void pagesThatRegisterTheSameMessagesAtOnceInOppositeOrderLetOneWin() throws Exception {
        Run run = ledger.run();
        List<Page> pages = List.of(ledger.page(run, 1, 400), ledger.page(run, 2, 400));
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Boolean>> jobs = new ArrayList<>();
            for (Page page : pages) {
                List<Items.Fresh> batch = new ArrayList<>(IntStream.range(0, 400)
                        .mapToObj(number -> fresh(revision(page, "m" + number, number), "anna@example.com"))
                        .toList());
                if (page.number() == 2) {
                    Collections.reverse(batch);
                }
                jobs.add(() -> {
                    together.await();
                    return ledger.items.register(batch);
                });
            }
            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> job : workers.invokeAll(jobs)) {
                won.add(job.get());
            }
            assertThat(won).containsExactlyInAnyOrder(true, false);
            List<Item> recorded = ledger
                    .items
                    .recall(
                            CONNECTOR,
                            IntStream.range(0, 400)
                                    .mapToObj(number -> "m" + number)
                                    .toList())
                    .values()
                    .stream()
                    .flatMap(known -> known.get(0).items().stream())
                    .toList();
            assertThat(recorded).hasSize(400);
            assertThat(recorded.stream().map(Item::page).distinct()).hasSize(1);
        } finally {
            workers.shutdownNow();
        }
    }

    @LedgerTest
    void otherContentUnderOneIdIsAFurtherRevision() {
        Page page = ledger.page(ledger.run(), 1, 2);
        Revision edited = Revision.of(CONNECTOR, "m1", "e".repeat(64), 1, page, 1, "", "", "");
        assertThat(ledger.items.register(
                        List.of(fresh(revision(page, "m1", 0), "anna@example.com"), fresh(edited, "anna@example.com"))))
                .isTrue();
        assertThat(ledger.items.recall(CONNECTOR, Set.of("m1")).get("m1"))
                .extracting(known -> known.revision().number())
                .containsExactly(0, 1);
    }

    @LedgerTest
    void nulAndLoneSurrogatesAndLongIdsCanBeStored() {
        Page page = ledger.page(ledger.run(), 1, 1);
        String odd = "m\0\uD800x😀" + "y".repeat(2000);
        Revision revision = Revision.of(
                CONNECTOR,
                Revision.storable(odd),
                "d".repeat(64),
                0,
                page,
                0,
                "\uDC00\0" + "1".repeat(999) + "😀",
                "",
                "");
        String nobody = ItemTarget.participant("\0\uD83D" + "z".repeat(5000));
        Item item = item(revision, nobody, ItemState.FAILING, Reason.NO_MAPPING);
        assertThat(ledger.items.register(List.of(new Items.Fresh(revision, List.of(item)))))
                .isTrue();
        ledger.channels.record(List.of(new Failure(
                CONNECTOR,
                page.run(),
                revision,
                item,
                revision.owner(),
                0L,
                Reason.NO_MAPPING,
                "w".repeat(999) + "😀\0",
                page.path())));
        String key = Revision.storable(odd);
        assertThat(key).startsWith("m\uFFFD\uFFFDx😀").hasSizeLessThanOrEqualTo(1000);
        assertThat(ledger.items.recall(CONNECTOR, Set.of(key))).containsOnlyKeys(key);
        assertThat(ledger.channels.list(Channel.UNMAPPED, 10, 0))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.owner()).startsWith("\uFFFD\uFFFD11");
                    assertThat(entry.detail()).isEqualTo("w".repeat(999));
                    assertThat(entry.mailbox()).isNull();
                });
    }

    @LedgerTest
    void twoLongNamesThatBeginAlikeStayTwo() {
        String alike = "x".repeat(3000);
        assertThat(Set.of("1", "2").stream()
                        .map(end -> ItemTarget.participant(alike + end))
                        .collect(toSet()))
                .hasSize(2);
    }

    @LedgerTest
    void aDeliveryIsNeverTakenBack() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Revision revision = revision(page, "m1", 0);
        ledger.items.register(List.of(fresh(revision, "anna@example.com")));
        Item item = ledger.recalled("m1", "anna@example.com");
        ledger.items.settle(List.of(imported(item)));
        ledger.items.settle(List.of(
                new Items.Settled(item, ItemState.RETRY, Reason.THROTTLED, "Later.", 0, ledger.clock.instant())));
        ledger.items.restate(List.of(item));
        ledger.channels.record(List.of(TestLedger.failure(page, revision, item, Reason.DESTINATION_REFUSED)));
        assertThat(ledger.recalled("m1", "anna@example.com").state()).isEqualTo(ItemState.IMPORTED);
        assertThat(ledger.channels.counts()).containsEntry(Channel.UNDELIVERABLE, 0L);
    }

    @LedgerTest
    void anItemThatWaitsKnowsItsFirstTryAndItsNext() {
        Page page = ledger.page(ledger.run(), 1, 1);
        ledger.items.register(List.of(fresh(revision(page, "m1", 0), "anna@example.com")));
        for (int tries = 1; tries <= 2; tries++) {
            Item item = ledger.recalled("m1", "anna@example.com");
            ledger.items.settle(List.of(new Items.Settled(
                    item,
                    ItemState.RETRY,
                    Reason.QUOTA_EXCEEDED,
                    "Full.",
                    0,
                    ledger.clock.instant().plusSeconds(60))));
            ledger.clock.pass(Duration.ofSeconds(30));
        }
        Item waiting = ledger.recalled("m1", "anna@example.com");
        assertThat(waiting.attempts()).isEqualTo(2);
        assertThat(waiting.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(Duration.between(waiting.firstTry(), waiting.retryAt())).hasSeconds(90);
    }
}
