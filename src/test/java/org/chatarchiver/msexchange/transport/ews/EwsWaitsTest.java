package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passing troubles that one call gets over by itself, and which of them are outages. */
class EwsWaitsTest extends EwsFixture {
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aSecondThatTheServerAsksForIsWaitedForAndEverythingIsThereOnce(int status) {
        stub.on("CreateItem", EwsReaction.status(status, "Retry-After", "1"));
        long start = System.nanoTime();

        assertThat(append(20)).containsOnly(new Outcome.Delivered(0));

        assertThat(filed()).isEqualTo(20);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void aBusyServerIsWaitedForByTheMillisecond() {
        stub.on("CreateItem", EwsReaction.busy(1_200), EwsReaction.busy(1_000));

        assertThat(append(5).get(0)).isInstanceOf(Outcome.Retryable.class);
        assertThat(stub.count("CreateItem"))
                .as("no second wait without progress")
                .isEqualTo(2);
    }

    @Test
    void aLostConnectionHoldsUpNothingButWhatWasBeingSent() {
        options.batchBytes = 1;
        assertThat(append(MailboxTransportContract.emails("before", 2))).containsOnly(new Outcome.Delivered(0));
        stub.on("CreateItem", EwsReaction.close());

        List<Outcome> outcomes = append(4);

        assertThat(retryable(outcomes.get(0)).fault()).isEqualTo(Fault.LOST);
        assertThat(retryable(outcomes.get(0)).inDoubt()).isTrue();
        assertThat(outcomes.subList(1, 4)).containsOnly(new Outcome.Delivered(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void whatAGatewaySaysOfItsTimeIsNoWordOnWhatTheMailboxServerIsDoing(int status) {
        stub.on("CreateItem", EwsReaction.status(status, "Retry-After", "1"));

        assertInDoubtForHalfAMinute(append(3));

        assertThat(filed()).isZero();
    }

    @Test
    void aPauseThatIsAskedForAfterAConnectionWasCutSaysNothingOfWhatWasBeingSent() {
        stub.on("CreateItem", EwsReaction.close());
        stub.on("FindItem", EwsReaction.busy(1_000), EwsReaction.busy(1_000));

        assertInDoubtForHalfAMinute(append(3));

        assertThat(filed()).isZero();
    }

    @Test
    void aConnectionThatIsCutWhileItemsAreLookedForIsMadeAnew() {
        append(1);
        stub.on("FindItem", EwsReaction.close());

        assertThat(transport().find(lookup()))
                .isInstanceOfSatisfying(Found.Answered.class, answered -> assertThat(answered.uids())
                        .hasSize(1));
    }

    @Test
    void aSearchThatIsCutTwiceIsDueInASecondAndNobodyElsesTrouble() {
        append(1);
        stub.on("FindItem", EwsReaction.close(), EwsReaction.close());

        assertThat(transport().find(lookup())).isInstanceOfSatisfying(Found.Unclear.class, unclear -> {
            assertThat(unclear.fault()).isEqualTo(Fault.LOST);
            assertThat(unclear.delay()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(transport().find(lookup())).isInstanceOf(Found.Answered.class);
    }

    private static Lookup lookup() {
        return new Lookup(MAILBOX, FOLDER, List.of("<m0@test.invalid>"));
    }

    private static void assertInDoubtForHalfAMinute(List<Outcome> outcomes) {
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void aFaultOfTheTransportIsNoOutageWhereASecondRequestIsAnswered() {
        stub.on("GetFolder", EwsReaction.close());

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.UNAVAILABLE));
        assertThat(transport().exists(MAILBOX)).isEqualTo(new Existence.Present());
    }

    @Test
    void aFaultOfTheTransportIsAnOutageWhereASecondRequestFailsToo() {
        stub.on("GetFolder", EwsReaction.close(), EwsReaction.close());

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.UNREACHABLE));
    }

    @Test
    void faultsFromTheFirstRequestOnThatSayWhenToComeBackAreNoOutage() {
        stub.on(
                "GetFolder",
                Collections.nCopies(14, EwsReaction.status(503, "Retry-After", "1"))
                        .toArray(EwsReaction[]::new));

        for (String mailbox : List.of(MAILBOX, OTHER)) {
            assertThat(transport().exists(mailbox)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
                assertThat(unknown.fault()).isEqualTo(Fault.UNAVAILABLE);
                assertThat(unknown.delay()).isEqualTo(Duration.ofSeconds(1));
            });
        }
    }
}
