package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.ledger.TestLedger.CONNECTOR;
import static org.chatarchiver.ledger.TestLedger.failure;
import static org.chatarchiver.ledger.TestLedger.imported;
import static org.chatarchiver.ledger.TestLedger.revision;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class TellingsTest extends LedgerContract {
    private static final Duration LEASE = Duration.ofMinutes(2);

    private Page page;

    TellingsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void whatIsClaimedIsNobodyElsesUntilItsTimeIsOver() {
        fail("m1", Reason.QUOTA_EXCEEDED);

        assertThat(claimed()).singleElement().satisfies(untold -> {
            assertThat(untold.entry().messageId()).isEqualTo("m1");
            assertThat(untold.entry().mailbox()).isEqualTo("anna@example.com");
            assertThat(untold.failed()).isZero();
        });
        assertThat(claimed()).isEmpty();
        ledger.clock.pass(LEASE);
        assertThat(claimed()).as("whoever had it is dead").hasSize(1);
    }

    @LedgerTest
    void whatWasToldIsToldAgainForAnotherReasonOnly() {
        Item item = fail("m1", Reason.QUOTA_EXCEEDED);
        tell();

        again(item, Reason.QUOTA_EXCEEDED);
        assertThat(claimed()).as("nothing has changed").isEmpty();

        again(item, Reason.DESTINATION_REFUSED);
        assertThat(claimed()).extracting(TellingsTest::reason).containsExactly(Reason.DESTINATION_REFUSED);
    }

    @LedgerTest
    void whatWasDeliveredAndFailsAnewIsToldAgain() {
        Item item = fail("m1", Reason.QUOTA_EXCEEDED);
        tell();
        ledger.jdbc.update("update channel_entry set closed = opened, closed_by = 'delivery'");

        again(item, Reason.QUOTA_EXCEEDED);

        assertThat(claimed()).hasSize(1);
    }

    @LedgerTest
    void whatIsDeliveredBeforeAnybodyWasToldIsTold() {
        Item item = fail("m1", Reason.QUOTA_EXCEEDED);
        ledger.items.restate(List.of(TestLedger.sending(revision(page, "m1", 0), item.target())));
        ledger.items.settle(List.of(imported(item)));

        assertThat(claimed())
                .singleElement()
                .satisfies(untold -> assertThat(untold.entry().closedBy()).isEqualTo("delivery"));
    }

    @LedgerTest
    void whatAnAdministratorHasClosedBeforeAnybodyWasToldIsToldNoMoreUnlessItIsOpenedAgain() {
        fail("m1", Reason.QUOTA_EXCEEDED);
        List<Long> ids = List.of(
                ledger.channels.list(Channel.UNDELIVERABLE, 10, 0).get(0).id());
        ledger.decisions.close(Channel.UNDELIVERABLE, ids, "ada", "Agreed.");

        assertThat(claimed()).isEmpty();
        assertThat(ledger.tellings.numbers()).allMatch(channel -> channel.number() == 0);

        ledger.decisions.reopen(Channel.UNDELIVERABLE, ids, "ada", "A mistake.");
        assertThat(claimed()).hasSize(1);
    }

    @LedgerTest
    void whatIsBeingToldWhenItIsClosedIsNotToldOnceMore() {
        fail("m1", Reason.QUOTA_EXCEEDED);
        Untold underWay = claimed().get(0);
        ledger.decisions.close(Channel.UNDELIVERABLE, List.of(underWay.entry().id()), "ada", "Agreed.");

        ledger.tellings.settle(List.of(new Tellings.Next(underWay, 1, ledger.clock.instant())));

        assertThat(claimed()).isEmpty();
    }

    @LedgerTest
    void whatFailedWaitsForItsTimeAndIsCounted() {
        fail("m1", Reason.QUOTA_EXCEEDED);
        Untold untold = claimed().get(0);
        ledger.tellings.settle(
                List.of(new Tellings.Next(untold, 1, ledger.clock.instant().plus(Duration.ofHours(1)))));

        ledger.clock.pass(Duration.ofMinutes(59));
        assertThat(claimed()).isEmpty();
        ledger.clock.pass(Duration.ofMinutes(1));
        assertThat(claimed()).extracting(Untold::failed).containsExactly(1);
    }

    @LedgerTest
    void whatChangesWhileItIsToldIsToldOnceMore() {
        Item item = fail("m1", Reason.QUOTA_EXCEEDED);
        List<Untold> claimed = claimed();
        again(item, Reason.DESTINATION_REFUSED);

        ledger.tellings.settle(
                claimed.stream().map(one -> new Tellings.Next(one, 0, null)).toList());

        assertThat(claimed()).extracting(TellingsTest::reason).containsExactly(Reason.DESTINATION_REFUSED);
    }

    @LedgerTest
    void eachChannelIsAskedForItsOwnTheLongestDueFirst() {
        for (String id : List.of("m1", "m2", "m3")) {
            fail(id, Reason.QUOTA_EXCEEDED);
            ledger.clock.pass(Duration.ofSeconds(1));
        }
        ledger.failed(page, "m4", ItemTarget.participant("+49"), Reason.NO_MAPPING);

        assertThat(ledger.tellings.claim(Channel.UNDELIVERABLE, 2, LEASE))
                .extracting(untold -> untold.entry().messageId())
                .containsExactly("m1", "m2");
        assertThat(ledger.tellings.claim(Channel.UNMAPPED, 2, LEASE)).hasSize(1);
        assertThat(claimed()).extracting(untold -> untold.entry().messageId()).containsExactly("m3");
    }

    @LedgerTest
    void aPollWhoseWindowTheSourceHasDroppedMeanwhileIsToldAgain() {
        Run run = ledger.run();
        ledger.channels.record(List.of(Failure.ofPoll(CONNECTOR, run.id(), Reason.SOURCE_UNAUTHORIZED, "It said no.")));
        assertThat(sources()).isEqualTo(1);

        ledger.failedWindows.expired(run, "It is gone.");
        assertThat(sources()).isEqualTo(1);
        ledger.failedWindows.expired(run, "It is gone.");
        assertThat(sources()).as("that was told").isZero();
    }

    @LedgerTest
    void manyFailuresAreOneTransactionAndEachHasItsEntry() {
        page = ledger.page(ledger.run(), 1, 1_000);
        List<Failure> failures = IntStream.range(0, 1_000)
                .mapToObj(i -> revision(page, "m" + i, i))
                .map(revision -> failure(
                        page,
                        revision,
                        TestLedger.item(revision, "anna@example.com", ItemState.FAILING, Reason.QUOTA_EXCEEDED),
                        Reason.QUOTA_EXCEEDED))
                .toList();

        ledger.channels.record(failures);
        ledger.channels.record(failures);

        assertThat(ledger.channels.counts()).containsEntry(Channel.UNDELIVERABLE, 1_000L);
        assertThat(ledger.tellings.claim(Channel.UNDELIVERABLE, 2_000, LEASE)).hasSize(1_000);
    }

    private int sources() {
        List<Untold> untold = ledger.tellings.claim(Channel.SOURCE, 10, LEASE);
        ledger.tellings.settle(
                untold.stream().map(one -> new Tellings.Next(one, 0, null)).toList());
        return untold.size();
    }

    Item fail(String sourceId, Reason reason) {
        if (page == null) {
            page = ledger.page(ledger.run(), 1, 10);
        }
        return ledger.failed(page, sourceId, "anna@example.com", reason);
    }

    private void again(Item item, Reason reason) {
        ledger.channels.record(List.of(failure(page, revision(page, "m1", 0), item, reason)));
    }

    List<Untold> claimed() {
        return ledger.tellings.claim(Channel.UNDELIVERABLE, 10, LEASE);
    }

    private void tell() {
        ledger.tellings.settle(
                claimed().stream().map(one -> new Tellings.Next(one, 0, null)).toList());
    }

    private static Reason reason(Untold untold) {
        return untold.entry().reason();
    }

    @LedgerTest(Database.H2)
    void whatADeadProcessWasTellingIsDueAtOnce() {
        fail("m1", Reason.QUOTA_EXCEEDED);
        assertThat(claimed()).hasSize(1);

        ledger.tellings.takeOver();

        assertThat(claimed()).hasSize(1);
    }

    @LedgerTest(Database.POSTGRESQL)
    void whatAnotherArchiverIsTellingIsLeftToIt() {
        fail("m1", Reason.QUOTA_EXCEEDED);
        assertThat(claimed()).hasSize(1);

        ledger.tellings.takeOver();

        assertThat(claimed()).isEmpty();
    }
}
