package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.Test;

/** What is unclear, stalled or out, on the real ledger, with the destination's answers made up. */
class MailboxTroubleTest extends OutcomesBed {
    private static final Duration DELAY = Duration.ofSeconds(30);

    @Test
    void whatStaysUnclearForFifteenMinutesFailsAndSaysSo() {
        MailboxBatch batch = sending("m1");
        assertThat(settling.found(unclear(Fault.UNAVAILABLE), batch).isEmpty()).isTrue();
        assertThat(item("m1").state()).isEqualTo(ItemState.RETRY);
        clock.pass(Duration.ofMinutes(14));
        assertThat(settling.found(unclear(Fault.UNAVAILABLE), again("m1")).failures())
                .isEmpty();
        clock.pass(Duration.ofMinutes(2));

        List<Failure> failures =
                settling.found(unclear(Fault.UNAVAILABLE), again("m1")).failures();

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.channel().id()).isEqualTo("undeliverable");
            assertThat(failure.reason()).isEqualTo(Reason.DESTINATION_UNAVAILABLE);
            assertThat(failure.detail()).contains("unclear whether it was delivered", "no answer");
        });
    }

    @Test
    void nothingOfABatchIsSentWhileALookUpIsUnclearAndTheRestHasHadNoTry() {
        MailboxBatch both = sending("m1", "m2");
        List<MailboxBatch.Posting> postings = List.of(
                both.postings().get(0),
                new MailboxBatch.Posting(
                        both.postings().get(1).message(), both.postings().get(1).item(), null, false));
        MailboxBatch batch = new MailboxBatch(MAILBOX, FOLDER, postings, true, Fence.OPEN);

        assertThat(settling.found(unclear(Fault.UNAVAILABLE), batch).isEmpty()).isTrue();

        assertThat(item("m1").attempts()).isEqualTo(1);
        assertThat(item("m2").attempts()).isZero();
        assertThat(item("m2").state()).isEqualTo(ItemState.RETRY);
    }

    @Test
    void anOutageIsNotedAndCountsAsNoTryHoweverLongItLasts() {
        MailboxBatch batch = sending("m1");
        for (int hour = 0; hour < 3; hour++) {
            assertThatThrownBy(() -> settling.settle(retryable(Fault.CREDENTIALS_REFUSED), batch))
                    .isInstanceOf(OutageException.class);
            clock.pass(Duration.ofHours(1));
        }
        assertThat(item("m1").state()).isEqualTo(ItemState.RETRY);
        assertThat(item("m1").attempts()).isZero();
        assertThat(item("m1").firstTry()).isNull();
        assertThat(outages.current())
                .hasValueSatisfying(outage -> assertThat(outage.mailbox()).isEqualTo(MAILBOX));
    }

    @Test
    void aMailboxInTroubleFailsItsItemAfterFifteenMinutes() {
        settling.settle(retryable(Fault.THROTTLED), sending("m1"));
        clock.pass(Duration.ofMinutes(16));

        assertThat(settling.settle(retryable(Fault.THROTTLED), again("m1")))
                .extracting(Failure::reason)
                .containsExactly(Reason.THROTTLED);
    }

    @Test
    void ourOwnLimitOfConnectionsIsNoTryOfAnItem() {
        MailboxBatch batch = sending("m1");
        settling.settle(retryable(Fault.BUSY), batch);
        clock.pass(Duration.ofMinutes(50));

        assertThat(settling.settle(retryable(Fault.BUSY), again("m1"))).isEmpty();
        assertThat(item("m1").attempts()).isZero();
    }

    @Test
    void aMailboxThatHasStalledRestsAndItsFurtherBatchesWaitWithoutATry() {
        MailboxBatch first = sending("m1");
        MailboxBatch second = sending("m2");
        assertThat(backoff.admit(first)).isSameAs(first);
        settling.settle(retryable(Fault.UNAVAILABLE), first);

        assertThat(backoff.admit(second).isEmpty()).isTrue();

        assertThat(item("m2").state()).isEqualTo(ItemState.RETRY);
        assertThat(item("m2").attempts()).isZero();
        assertThat(item("m2").retryAt()).isAfterOrEqualTo(clock.instant().plus(DELAY));
        clock.pass(DELAY);
        MailboxBatch later = again("m2");
        assertThat(backoff.admit(later)).isSameAs(later);
    }

    @Test
    void aSearchWhoseConnectionsWereCutLetsTheMailboxsFurtherBatchesGo() {
        Found cut = new Found.Unclear(Fault.LOST, Duration.ofSeconds(1), "connection lost");
        settling.found(cut, sending("m1"));
        assertThat(item("m1").retryAt()).isEqualTo(clock.instant().plusSeconds(1));
        MailboxBatch second = sending("m2");
        assertThat(backoff.admit(second)).isSameAs(second);

        settling.found(unclear(Fault.UNAVAILABLE), again("m1"));
        assertThat(backoff.admit(second).isEmpty()).isTrue();
    }

    @Test
    void aForbiddenFolderFailsAtOnceAndTheSentenceNamesTheCure() {
        List<Outcome> refused = List.of(new Outcome.Rejected(Fault.PERMISSION_DENIED, "NO [NOPERM] no"));

        assertThat(settling.settle(refused, sending("m1"))).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.PERMISSION_DENIED);
            assertThat(failure.detail()).contains("'" + FOLDER + "'", MAILBOX, "give it the right", "NO [NOPERM] no");
        });
    }

    @Test
    void theProbeEndsAnOutageUnlessItMeetsItAgain() {
        assertThat(outages.probed()).isEmpty();
        outages.begin(MAILBOX, "refused");
        clock.pass(Duration.ofSeconds(1));
        assertThat(outages.probed()).containsExactly(MAILBOX);
        assertThat(alarms.of(AlertCause.DESTINATION_OUTAGE)).hasSize(1);
        outages.answered(new Existence.Unknown(Fault.UNREACHABLE, DELAY, "no connection"));
        assertThatThrownBy(outages::orWait).isInstanceOf(OutageException.class);
        outages.answered(new Existence.Unknown(Fault.UNAVAILABLE, DELAY, "this mailbox alone"));
        assertThat(outages.current()).isEmpty();
        assertThat(alarms.of(AlertCause.DESTINATION_OUTAGE)).isEmpty();
        outages.orWait();
    }

    @Test
    void anOutageThatWasNotedDoesNotBeginAgainWhenItsPageEndsAfterIt() {
        outages.begin(MAILBOX, "refused");
        outages.answered(new Existence.Present());

        outages.note(new IllegalStateException(OutageException.noted("refused")));
        assertThat(outages.current()).isEmpty();
        outages.note(new IllegalStateException(new OutageException("refused")));
        assertThat(outages.current()).isPresent();
    }

    private static Found unclear(Fault fault) {
        return new Found.Unclear(fault, DELAY, "no answer");
    }

    private static List<Outcome> retryable(Fault fault) {
        return List.of(new Outcome.Retryable(fault, DELAY, false, "in trouble"));
    }

    private MailboxBatch again(String id) {
        return again(id, true);
    }
}
