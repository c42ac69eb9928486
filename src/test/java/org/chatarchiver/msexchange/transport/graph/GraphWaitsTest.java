package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passing troubles that one call gets over by itself. */
class GraphWaitsTest extends GraphTest {
    private final List<Email> emails = MailboxTransportContract.emails("m", 40);

    @ParameterizedTest
    @CsvSource({"POST $batch, 429", "POST $batch, 503", CREATE + ", 429", CREATE + ", 503"})
    void aSecondThatTheServerAsksForIsWaitedForAndEverythingIsThereOnce(String where, int status) {
        fault(GraphFault.at(where).after(1).answers(status, "TooManyRequests").retryAfter("1"));
        long start = System.nanoTime();

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).hasSize(40).doesNotHaveDuplicates();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void whatA503HasFiledNeverthelessIsFoundAfterTheWait() {
        fault(GraphFault.at("POST $batch")
                .carriedOut()
                .answers(503, "ServiceUnavailable")
                .retryAfter("1"));

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).hasSize(40).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void whatAGatewaySaysOfItsTimeIsNoWordOnWhatTheMailboxServerIsDoing(int status) {
        fault(GraphFault.at("POST $batch").answersNothing(status).retryAfter("1"));

        assertInDoubtForHalfAMinute(append(emails.subList(0, 20)));

        assertThat(filed()).isEmpty();
    }

    @Test
    void aPauseThatIsAskedForAfterAConnectionWasCutSaysNothingOfWhatWasBeingSent() {
        fault(GraphFault.at("POST $batch").resets());
        fault(GraphFault.at("POST $batch")
                .after(1)
                .times(2)
                .answers(429, "TooManyRequests")
                .retryAfter("1"));

        assertInDoubtForHalfAMinute(append(emails.subList(0, 20)));

        assertThat(filed()).isEmpty();
    }

    private List<String> ids() {
        return List.of(emails.get(0).messageId(), emails.get(1).messageId());
    }

    private static void assertInDoubtForHalfAMinute(List<Outcome> outcomes) {
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void aMailboxThatIsThrottledForGoodEndsTheCallAfterOneWait() {
        fault(GraphFault.at("POST $batch")
                .times(100)
                .answers(429, "TooManyRequests")
                .retryAfter("1"));

        assertThat(append(emails)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.THROTTLED);
            assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(1));
        });

        assertThat(stub.log().stream().filter("POST $batch"::equals)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsCutHoldsUpNothingButWhatWasBeingSent(boolean filed) {
        assertThat(append(MailboxTransportContract.emails("before", 2))).allMatch(Outcome.Delivered.class::isInstance);
        GraphFault cut = GraphFault.at("POST $batch").resets();
        fault(filed ? cut.carriedOut() : cut);

        List<Outcome> outcomes = append(emails);

        assertThat(outcomes.subList(20, 40)).allMatch(Outcome.Delivered.class::isInstance);
        if (filed) {
            assertThat(outcomes).allMatch(Outcome.Delivered.class::isInstance);
        } else {
            assertThat(outcomes.subList(0, 20)).allSatisfy(outcome -> {
                assertThat(retryable(outcome).fault()).isEqualTo(Fault.LOST);
                assertThat(retryable(outcome).inDoubt()).isTrue();
                assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(30));
            });
        }
        assertThat(filed()).doesNotHaveDuplicates();
    }

    @Test
    void aConnectionThatIsCutWhileEmailsAreLookedForIsMadeAnew() {
        append(emails.subList(0, 2));
        fault(GraphFault.at("POST $batch").resets());

        assertThat(find(ids())).isEqualTo(new Found.Answered(Map.of(ids().get(0), 0L, ids().get(1), 0L)));
    }

    @Test
    void aSearchThatIsCutTwiceIsDueInASecondAndNobodyElsesTrouble() {
        append(emails.subList(0, 2));
        fault(GraphFault.at("POST $batch").times(2).resets());

        assertThat(find(ids())).isInstanceOfSatisfying(Found.Unclear.class, unclear -> {
            assertThat(unclear.fault()).isEqualTo(Fault.LOST);
            assertThat(unclear.delay()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(find(ids())).isInstanceOf(Found.Answered.class);
    }

    @Test
    void whatIsInDoubtIsNoTroubleOfItsMailboxWhereTheSearchForItIsCutToo() {
        append(MailboxTransportContract.emails("before", 2));
        fault(GraphFault.at("POST $batch").times(3).resets());

        assertThat(append(emails.subList(0, 20))).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.LOST);
            assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void aWaitOfASecondIsNoOutageWhateverTheStatus() {
        fault(GraphFault.at("GET users/?/mailFolders")
                .times(100)
                .answersNothing(503)
                .retryAfter("1"));

        assertThat(transport.exists(ANN)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
            assertThat(unknown.fault()).isEqualTo(Fault.UNAVAILABLE);
            assertThat(unknown.delay()).isEqualTo(Duration.ofSeconds(1));
        });
    }
}
