package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;
import static org.chatarchiver.ledger.TestLedger.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What became of one message. */
class MessageItemsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";
    private static final Set<ItemState> DELIVERED = EnumSet.of(ItemState.IMPORTED, ItemState.PARTIAL);

    MessageItemsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void itsItemsComeWithWhatNamesThemAndWhenTheyWereDelivered() {
        Page page = ledger.page(ledger.run(), 3, 2);
        Items.Fresh both = fresh(revision(page, "m1", 5), ANNA, BERT);
        ledger.items.register(List.of(both, fresh(revision(page, "m2", 6), ANNA)));
        ledger.clock.pass(Duration.ofMinutes(1));
        ledger.items.settle(List.of(
                imported(both.items().get(0)),
                new Items.Settled(
                        both.items().get(1), ItemState.PARTIAL, Reason.ATTACHMENT_GONE, "It is gone.", 8, null)));

        assertThat(list("m1", "", DELIVERED))
                .extracting(ItemEntry::connector, entry -> entry.item().target(), entry -> entry.item()
                        .state())
                .containsExactly(tuple(CONNECTOR, ANNA, ItemState.IMPORTED), tuple(CONNECTOR, BERT, ItemState.PARTIAL));
        assertThat(list("m1", "", DELIVERED).get(1)).satisfies(entry -> {
            assertThat(entry.item().run()).isEqualTo(page.run());
            assertThat(entry.item().page()).isEqualTo(3);
            assertThat(entry.item().reason()).isEqualTo(Reason.ATTACHMENT_GONE);
            assertThat(entry.position()).isEqualTo(5);
            assertThat(entry.sourceId()).isEqualTo("m1");
            assertThat(entry.digest()).isEqualTo("d".repeat(64));
            assertThat(entry.owner()).isEqualTo("+4915112345678");
            assertThat(entry.updated()).isEqualTo(ledger.clock.instant());
        });
        assertThat(list("m1", "Bert@Example.com", DELIVERED)).hasSize(1);
        assertThat(list("m1", "", EnumSet.of(ItemState.PARTIAL))).hasSize(1);
        assertThat(list("m2", "", DELIVERED)).as("not delivered yet").isEmpty();
        assertThat(list("x\u0000'; drop", "", DELIVERED)).isEmpty();
    }

    @LedgerTest
    void anItemThatAFurtherCaptureBroughtIsShownAsThatOnes() {
        Run run = ledger.run();
        Revision revision = revision(ledger.page(run, 1, 1), "m1", 5);
        ledger.items.register(List.of(fresh(revision, ANNA)));
        Page second = ledger.page(run, 2, 9);
        Item added = new Item(revision.id(), BERT, run.id(), 2, ItemState.SENDING, null, null, null, 0, null, null);
        ledger.items.register(List.of(new Items.Fresh(
                revision,
                true,
                List.of(added),
                List.of(Capture.of(revision.id(), "+2", "+2", second, 8).mapped(BERT, true)))));
        ledger.items.settle(List.of(imported(sending(revision, ANNA)), imported(added)));

        assertThat(list("m1", "", DELIVERED))
                .extracting(entry -> entry.item().page(), ItemEntry::position, ItemEntry::owner)
                .containsExactly(tuple(1, 5L, "+4915112345678"), tuple(2, 8L, "+2"));
    }

    @LedgerTest
    void whatWaitsIsShownWithWhatIsDeliveredIfBothAreAskedFor() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Items.Fresh both = fresh(revision(page, "m1", 0), ANNA, BERT);
        ledger.items.register(List.of(both));
        ledger.items.settle(List.of(
                imported(both.items().get(0)),
                new Items.Settled(
                        both.items().get(1),
                        ItemState.RETRY,
                        Reason.QUOTA_EXCEEDED,
                        "It is full.",
                        0,
                        ledger.clock.instant())));
        assertThat(list("m1", "", EnumSet.of(ItemState.RETRY, ItemState.IMPORTED)))
                .hasSize(2);
    }

    @LedgerTest
    void partsOfTheListJoinWithoutAGapOverRevisionsAndConnectors() {
        Run run = ledger.run();
        Run other = ledger.runs
                .open("whatsapp", Run.Cause.SCHEDULE, false, TestLedger.DAY, TestLedger.DAY.plusSeconds(60))
                .orElseThrow();
        for (int number = 0; number < 3; number++) {
            deliver(CONNECTOR, ledger.page(run, number + 1, 1), number);
            deliver("whatsapp", ledger.page(other, number + 1, 1), number);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        while (true) {
            List<ItemEntry> part = ledger.messageItems.list("m1", "", DELIVERED, 4, after);
            if (part.isEmpty()) {
                break;
            }
            assertThat(part).hasSizeLessThanOrEqualTo(4);
            part.forEach(entry -> seen.add(entry.connector() + " " + entry.revision() + " "
                    + entry.item().target()));
            after = MessageItems.place(part.get(part.size() - 1));
            assertThat(MessageItems.isPlace(after)).isTrue();
        }
        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
        assertThat(MessageItems.isPlace("17")).isFalse();
        assertThat(MessageItems.isPlace(Place.of("wechat", "x", ANNA))).isFalse();
    }

    private void deliver(String connector, Page page, int number) {
        Revision revision =
                Revision.of(connector, "m1", Integer.toString(number).repeat(64), number, page, 0, "", "", "");
        Items.Fresh fresh = fresh(
                revision,
                IntStream.range(0, 5).mapToObj(i -> "box" + i + "@example.com").toArray(String[]::new));
        ledger.items.register(List.of(fresh));
        ledger.items.settle(fresh.items().stream().map(TestLedger::imported).toList());
    }

    private List<ItemEntry> list(String messageId, String mailbox, Set<ItemState> states) {
        return ledger.messageItems.list(messageId, mailbox, states, 100, "");
    }
}
