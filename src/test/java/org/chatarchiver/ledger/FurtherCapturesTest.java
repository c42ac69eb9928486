package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.fresh;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.util.List;
import java.util.Set;

class FurtherCapturesTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final String BERT = "bert@example.com";

    FurtherCapturesTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aFurtherCaptureIsRecalledWithItsItemAndTheDigestOfTheFirstPage() {
        Run first = ledger.run();
        Revision revision = revision(ledger.page(first, 1, 1), "m1", 0);
        ledger.items.register(List.of(fresh(revision, ANNA)));
        ledger.runs.landed(first.id(), 1L);
        Page page = ledger.page(ledger.run(), 1, 1);

        assertThat(ledger.items.register(List.of(further(revision, page, "+2", BERT))))
                .isTrue();

        assertThat(recalled("m1")).satisfies(known -> {
            assertThat(known.pageSha256()).isEqualTo("a".repeat(64));
            assertThat(known.captures()).singleElement().satisfies(capture -> {
                assertThat(capture.owner()).isEqualTo("+2");
                assertThat(capture.target()).isEqualTo(BERT);
                assertThat(capture.isOf(page)).isTrue();
            });
            assertThat(known.items())
                    .filteredOn(item -> item.target().equals(BERT))
                    .allMatch(item -> item.isOf(page));
        });
    }

    @LedgerTest
    void ofTwoPagesWithOneCaptureOrTwoOfOneMailboxTheFirstWinsAndNothingOfTheOtherIsRecorded() {
        Run run = ledger.run();
        Revision revision = revision(ledger.page(run, 1, 1), "m1", 0);
        ledger.items.register(List.of(fresh(revision, ANNA)));
        Page second = ledger.page(run, 2, 1);
        Page third = ledger.page(run, 3, 2);
        ledger.items.register(List.of(further(revision, second, "+2", BERT)));
        Revision other = revision(third, "m2", 1);

        assertThat(ledger.items.register(
                        List.of(fresh(other, ANNA), further(revision, third, "+2", "cleo@example.com"))))
                .isFalse();
        assertThat(ledger.items.register(List.of(fresh(other, ANNA), further(revision, third, "+3", BERT))))
                .isFalse();

        assertThat(recalled("m1").captures()).hasSize(1);
        assertThat(ledger.items.recall(CONNECTOR, Set.of("m2"))).isEmpty();
    }

    @LedgerTest
    void arrivedAreTheCapturesOfARunWhereverTheirItemsCount() {
        Run first = ledger.run();
        Page page = ledger.page(first, 1, 1);
        Revision revision = revision(page, "m1", 0);
        ledger.items.register(List.of(fresh(revision, ANNA)));
        ledger.runs.landed(first.id(), 1L);
        Run second = ledger.run();
        Page later = ledger.page(second, 1, 2);
        Item served = ledger.recalled("m1", ANNA);
        Capture own = Capture.of(revision.id(), "+2", "+2", later, 0).mapped(ANNA, false);
        ledger.items.register(List.of(
                new Items.Fresh(revision, true, List.of(), List.of(own)), further(revision, later, "+3", BERT)));
        ledger.items.metAgain(second.id(), List.of(served), List.of());
        ledger.items.settle(List.of(imported(served), imported(ledger.recalled("m1", BERT))));

        assertThat(report(first).arrived()).isEqualTo(1);
        assertThat(report(first).availableForImport()).isEqualTo(1);
        assertThat(report(second).arrived()).isEqualTo(2);
        assertThat(report(second).skipped()).isEqualTo(1);
        assertThat(report(second).imported()).isEqualTo(1);

        ledger.runs.landed(second.id(), 2L);
        Run third = ledger.run();
        ledger.items.metAgain(
                third.id(), List.of(ledger.recalled("m1", BERT)), List.of(new CaptureKey(revision.id(), "+3")));
        assertThat(report(third).arrived()).isEqualTo(1);
        assertThat(report(third).skipped()).isEqualTo(1);
    }

    @LedgerTest
    void anOwnerWhomARequeueMapsComesToItsMailbox() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 2);
        Revision revision = revision(page, "m1", 0);
        ledger.items.register(List.of(fresh(revision, ANNA)));
        Item failure = item(revision, ItemTarget.participant("+2"), ItemState.FAILING, Reason.NO_MAPPING);
        Capture capture = Capture.of(revision.id(), "+2", "+2", page, 1).mapped(failure.target(), true);
        ledger.items.register(List.of(new Items.Fresh(revision, true, List.of(failure), List.of(capture))));
        Item mapped = item(revision, BERT, ItemState.SENDING, null);
        ledger.items.restate(List.of(mapped));

        ledger.replacements.replaced(List.of(failure), List.of(mapped), List.of());
        ledger.replacements.moved(revision.id(), failure.target(), BERT, true);

        assertThat(recalled("m1").captures())
                .extracting(Capture::target, Capture::added)
                .containsExactly(tuple(BERT, true));
        assertThat(report(run).arrived()).isEqualTo(2);
    }

    private RunReport report(Run run) {
        return ledger.reports.of(run.id()).orElseThrow();
    }

    private Items.Known recalled(String id) {
        return ledger.items.recall(CONNECTOR, Set.of(id)).get(id).get(0);
    }

    private static Items.Fresh further(Revision revision, Page page, String owner, String mailbox) {
        Item item = new Item(
                revision.id(), mailbox, page.run(), page.number(), ItemState.SENDING, null, null, null, 0, null, null);
        return new Items.Fresh(
                revision,
                true,
                List.of(item),
                List.of(Capture.of(revision.id(), owner, owner, page, 0).mapped(mailbox, true)));
    }
}
