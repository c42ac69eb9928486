package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.failure;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;

import java.time.Duration;
import java.util.List;

/** What is about to be sent is one record, and an item's row is written with its outcome. */
class IntentsTest extends IntentsContract {
    IntentsTest(TestLedger ledger) {
        super(ledger);
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

    /** As after a kill behind its last outcome. */
    @LedgerTest
    void nothingIsInDoubtOnceEverythingHasItsOutcomeThoughThePageHasNotEnded() {
        Items.Fresh fresh = register("m1", ANNA, BERT);
        ledger.items.settle(List.of(imported(fresh.items().get(0))));
        assertThat(ledger.pages.inDoubt(page)).isTrue();

        ledger.items.settle(List.of(imported(fresh.items().get(1))));

        assertThat(records()).isOne();
        assertThat(ledger.pages.inDoubt(page)).isFalse();
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
}
