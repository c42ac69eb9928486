package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.item;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.List;

/** An administrator takes back that nothing more is done. */
class ReopeningTest extends LedgerContract {
    ReopeningTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aDecisionThatIsTakenBackLeavesTheEntryOpenWithWhoAndWhyAndTheDecisionInTheLedger() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 1);
        refused(page, "m1");
        long id = open().get(0).id();
        close(id);
        ledger.clock.pass(Duration.ofMinutes(1));

        assertThat(reopen(id)).isEqualTo(1);

        Channels.Entry entry = ledger.channels.find(id).orElseThrow();
        assertThat(open()).containsExactly(entry);
        assertThat(entry.decision()).isNull();
        assertThat(entry.closedBy()).isNull();
        assertThat(entry.reopened()).isEqualTo(new Decisions.Decision(ledger.clock.instant(), "bob", "A mistake."));
        assertThat(ledger.decisions.list(Channel.UNDELIVERABLE, "", null, 10, 0))
                .isEmpty();
        assertThat(ledger.decisions.number(run.id())).isZero();
        assertThat(ledger.jdbc.queryForObject(
                        "select count(*) from reopening r join decision d on d.id = r.decision", Long.class))
                .isEqualTo(1);
        assertThat(ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(id), "ada"))
                .isEqualTo(1);
        close(id);
        assertThat(reopen(id)).as("and opened").isEqualTo(1);
    }

    @LedgerTest
    void onlyWhatADecisionKeepsClosedIsOpenedAgain() {
        Page page = ledger.page(ledger.run(), 1, 2);
        refused(page, "m1");
        refused(page, "m2");
        long delivered = open().get(0).id();
        long stillOpen = open().get(1).id();
        ledger.channels.requeue(Channel.UNDELIVERABLE, List.of(delivered), "ada");
        close(delivered);
        ledger.items.settle(List.of(imported(ledger.recalled("m1", "anna@example.com"))));

        assertThat(reopen(delivered)).isZero();
        assertThat(reopen(stillOpen)).isZero();
        close(stillOpen);
        assertThat(ledger.decisions.reopen(Channel.UNMAPPED, List.of(stillOpen), "bob", "x"))
                .isZero();
        assertThat(ledger.decisions.notClosed(Channel.UNDELIVERABLE, List.of(delivered, stillOpen, 999L)))
                .containsExactly(delivered, 999L);
    }

    @LedgerTest
    void anEntryWhoseItemARequeueHasReplacedMeanwhileIsNotOpenedAgain() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Item failure = ledger.failed(page, "m1", ItemTarget.participant("+49"), Reason.NO_MAPPING);
        long id = ledger.channels.list(Channel.UNMAPPED, 10, 0).get(0).id();
        ledger.channels.requeue(Channel.UNMAPPED, List.of(id), "ada");
        ledger.decisions.close(Channel.UNMAPPED, List.of(id), "bob", "Agreed with Legal.");
        Item mapped = item(revision(page, "m1", 0), "anna@example.com", ItemState.SENDING, null);
        ledger.items.restate(List.of(mapped));

        ledger.replacements.replaced(List.of(failure), List.of(mapped), List.of());

        assertThat(ledger.decisions.reopen(Channel.UNMAPPED, List.of(id), "bob", "A mistake."))
                .isZero();
        assertThat(ledger.decisions.notClosed(Channel.UNMAPPED, List.of(id))).containsExactly(id);
        assertThat(ledger.channels.counts()).containsEntry(Channel.UNMAPPED, 0L);
        Channels.Entry entry = ledger.channels.find(id).orElseThrow();
        assertThat(entry.closedBy()).isEqualTo("ada");
        assertThat(entry.decision()).isNull();
        assertThat(ledger.jdbc.queryForObject("select count(*) from decision where decided_by = 'bob'", Long.class))
                .isEqualTo(1);
    }

    private int reopen(long entry) {
        return ledger.decisions.reopen(Channel.UNDELIVERABLE, List.of(entry), "bob", "A mistake.");
    }

    private void close(long entry) {
        assertThat(ledger.decisions.close(Channel.UNDELIVERABLE, List.of(entry), "ada", "Agreed with Legal."))
                .isEqualTo(1);
    }

    private void refused(Page page, String id) {
        ledger.failed(page, id, "anna@example.com", Reason.QUOTA_EXCEEDED);
    }

    private List<Channels.Entry> open() {
        return ledger.channels.list(Channel.UNDELIVERABLE, 10, 0);
    }
}
