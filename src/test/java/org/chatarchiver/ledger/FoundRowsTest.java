package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.FoundMessage.FoundItem;
import org.chatarchiver.ledger.FoundMessage.Replayed;

/** What is read of messages that are found. */
class FoundRowsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";

    FoundRowsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void anItemTellsWhatAReplayHasToDoWithIt() {
        Page page = ledger.delivered(ledger.run(), 1, "m1");
        Item item = ledger.recalled("m1", ANNA);
        assertThat(replayed()).isEqualTo(Replayed.NOT);
        ledger.replays.start(page.run(), "ada", "");
        assertThat(replayed()).isEqualTo(Replayed.LOOKED_FOR);
        ledger.replays.missing(List.of(item));
        assertThat(replayed()).isEqualTo(Replayed.MISSING);
        ledger.items.settle(List.of(TestLedger.imported(item)));
        ledger.replays.finish();
        assertThat(replayed()).isEqualTo(Replayed.NOT);
        ledger.replays.start(page.run(), "ada", "");
        ledger.items.settle(List.of(TestLedger.imported(item)));
        ledger.replays.finish();
        assertThat(replayed()).isEqualTo(Replayed.CONFIRMED);
    }

    private Replayed replayed() {
        return found("m1").items().get(0).replayed();
    }

    @LedgerTest
    void itIsInWorkWhileThePageOfAnyCaptureIs() {
        Page first = ledger.page(ledger.run(), 1, 1);
        Items.Fresh fresh = TestLedger.fresh(TestLedger.revision(first, "m1", 0), ANNA);
        ledger.items.register(List.of(fresh));
        ledger.items.settle(List.of(TestLedger.imported(fresh.items().get(0))));
        assertThat(found("m1").inWork()).isTrue();
        ledger.pages.done(first);
        assertThat(found("m1").inWork()).isFalse();
        ledger.runs.landed(first.run(), null);
        Page second = ledger.page(
                ledger.run(Run.Cause.MANUAL, TestLedger.DAY, TestLedger.DAY.plus(Duration.ofHours(1))), 1, 1);
        Revision revision = fresh.revision();
        ledger.items.register(List.of(new Items.Fresh(
                revision,
                true,
                List.of(),
                List.of(Capture.of(revision.id(), "+447700900101", "+44", second, 0)
                        .mapped(ANNA, false)))));
        assertThat(found("m1").inWork()).isTrue();
        ledger.pages.done(second);
        assertThat(found("m1").inWork()).isFalse();
    }

    @LedgerTest
    void anItemIsInTheFolderOfItsOwnRun() {
        Page page = ledger.delivered(ledger.run(), 1, "m1");
        ledger.jdbc.update("update run set folder = 'Old' where id = ?", page.run());
        assertThat(found("m1").items()).extracting(FoundItem::folder).containsExactly("Old");
    }

    @LedgerTest
    void aMessageForVeryManyMailboxesLeavesTheOthersWhole() {
        Page page = ledger.page(ledger.run(), 1, 3);
        for (int message = 1; message <= 3; message++) {
            int mailboxes = message == 2 ? FoundMessage.MOST_ITEMS + 1 : FoundMessage.MOST_ITEMS / 2 + 1;
            ledger.items.register(List.of(TestLedger.fresh(
                    TestLedger.revision(page, "m" + message, message),
                    IntStream.range(0, mailboxes).mapToObj(i -> i + "@x").toArray(String[]::new))));
        }
        ledger.endIntents();
        List<FoundMessage> found = find("m1", "m2", "m3");
        assertThat(found).hasSize(3).allSatisfy(one -> {
            boolean large = one.revision().sourceId().equals("m2");
            assertThat(one.cut()).isEqualTo(large);
            assertThat(one.items()).hasSize(large ? FoundMessage.MOST_ITEMS : FoundMessage.MOST_ITEMS / 2 + 1);
        });
    }

    private FoundMessage found(String id) {
        return find(id).get(0);
    }

    private List<FoundMessage> find(String... ids) {
        return ledger.messageSearch
                .find(new MessageSearch.Wanted(List.of(ids), List.of(), List.of(), List.of()), 10, "")
                .messages();
    }
}
