package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.imap.ImapOptions;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can befall some e-mails of a batch, or all of it. */
class GraphBatchTest extends GraphTest {
    private final List<Email> emails = MailboxTransportContract.emails("m", 20);
    private final List<String> ids = MailboxTransportContract.ids(emails);

    @Test
    void twentyEmailsAreOneRequest() {
        append(MailboxTransportContract.email("first"));
        stub.clearLog();

        append(emails);

        assertThat(stub.log()).startsWith("POST $batch", CREATE).hasSize(21);
    }

    @Test
    void theSeventhOfTwentyFailsAndTheOthersAreFiledInTheirOrder() {
        fault(GraphFault.at(CREATE).after(6).answers(400, "ErrorInvalidRecipients"));

        List<Outcome> outcomes = append(emails);

        assertThat(rejected(outcomes.get(6)).fault()).isEqualTo(Fault.REFUSED);
        assertThat(outcomes).filteredOn(Outcome.Delivered.class::isInstance).hasSize(19);
        assertThat(filed()).isEqualTo(without(ids.get(6)));
    }

    private List<String> without(String id) {
        return ids.stream().filter(one -> !one.equals(id)).collect(Collectors.toList());
    }

    @Test
    void oneEmailThatTheServerChokesOnIsInDoubtAndHoldsUpNoOther() {
        fault(GraphFault.at(CREATE).after(6).answers(500, "ErrorInternalServerError"));

        List<Outcome> outcomes = append(emails);

        assertThat(retryable(outcomes.get(6)).inDoubt()).isTrue();
        assertThat(outcomes).filteredOn(Outcome.Delivered.class::isInstance).hasSize(19);
        assertThat(filed()).isEqualTo(without(ids.get(6)));
    }

    @Test
    void afterTwoOfThemTheRestIsLeftForLater() {
        fault(GraphFault.at(CREATE).after(6).times(9).answers(503, "ErrorMailboxStoreUnavailable"));

        List<Outcome> outcomes = append(emails);

        assertThat(outcomes.subList(0, 6)).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(outcomes.subList(6, 8))
                .allMatch(outcome -> retryable(outcome).inDoubt());
        assertThat(outcomes.subList(8, 20))
                .allMatch(outcome -> !retryable(outcome).inDoubt());
        assertThat(outcomes.subList(6, 20))
                .allMatch(outcome -> retryable(outcome).fault() == Fault.UNAVAILABLE);
    }

    @Test
    void whatIsInDoubtIsNeverRejectedWhateverTheCodeSays() {
        fault(GraphFault.at(CREATE).after(6).times(9).answers(500, "ErrorMessageSizeExceeded"));

        assertThat(append(emails)).noneMatch(Outcome.Rejected.class::isInstance);

        assertThat(filed()).isEqualTo(ids.subList(0, 6));
    }

    @Test
    void aThrottledEmailEndsTheBatchAndNothingIsSentUntilTheServerAllowsIt() {
        fault(GraphFault.at(CREATE)
                .after(3)
                .answers(429, "ApplicationThrottled")
                .retryAfter("17"));

        List<Outcome> outcomes = append(emails);

        assertThat(outcomes.subList(0, 3)).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(outcomes.subList(3, 20)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.THROTTLED);
            assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(17));
            assertThat(retryable(outcome).inDoubt()).isFalse();
        });
        stub.throttle(ANN, 17);
        stub.clearLog();
        assertThat(retryable(append(MailboxTransportContract.email("next"))).fault())
                .isEqualTo(Fault.THROTTLED);
        assertThat(stub.log()).isEmpty();
        assertThat(transport.exists(BEN)).isInstanceOf(Existence.Present.class);
    }

    @Test
    void aThrottledBatchHoldsBackItsMailboxAndNoOther() {
        fault(GraphFault.at("POST $batch").answers(429, "TooManyRequests").retryAfter("9"));

        assertThat(append(emails))
                .allSatisfy(outcome -> assertThat(retryable(outcome).inDoubt()).isFalse());

        assertThat(transport.exists(ANN))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.THROTTLED));
        assertThat(transport.exists(BEN)).isInstanceOf(Existence.Present.class);
        assertThat(filed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void aBatchThatAGatewayGivesUpOnIsInDoubtAndFoundAgain(int status) {
        fault(GraphFault.at("POST $batch").carriedOut().answersNothing(status).retryAfter("40"));

        assertThat(append(emails)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.UNAVAILABLE);
            assertThat(retryable(outcome).delay()).isEqualTo(Duration.ofSeconds(40));
        });

        assertThat(((Found.Answered) find(ids)).uids()).containsOnlyKeys(ids);
    }

    @Test
    void aBatchWhoseAnswerIsCutOffIsFoundAgainByTheSameCall() {
        fault(GraphFault.at("POST $batch").cutsTheAnswer());

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(ids);
    }

    @Test
    void aBatchWhoseConnectionIsResetBeforeItRanIsInDoubtAndNotFound() {
        fault(GraphFault.at("POST $batch").resets());

        assertThat(append(emails)).allMatch(outcome -> retryable(outcome).inDoubt());

        assertThat(find(ids)).isEqualTo(new Found.Answered(Map.of()));
        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(filed()).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({"413, RequestEntityTooLarge", "400, BadRequest"})
    void aBatchThatIsRefusedAsSuchIsSentOneByOne(int status, String code) {
        fault(GraphFault.at("POST $batch").answers(status, code));

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(ids);
        assertThat(stub.log()).containsOnlyOnce("POST $batch");
    }

    @Test
    void batchesStayBelowFourMegabytes() {
        List<Email> bulky = emails.stream()
                .map(email -> MailboxTransportContract.email(
                        email.messageId().replaceAll("[<>]|@.*", ""), "x".repeat(400_000)))
                .toList();

        assertThat(append(bulky)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(ids);
        assertThat(stub.log()).filteredOn("POST $batch"::equals).hasSize(5);
    }

    @Test
    void aTokenThatIsRefusedInTheMiddleIsReplacedOnce() {
        stub.accept("token", "other");
        options.credential = ImapOptions.credential(List.of("token", "other").iterator()::next);
        restart();
        fault(GraphFault.at(CREATE).after(5).answers(401, "InvalidAuthenticationToken"));

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(ids);
    }

    @Test
    void aFolderThatIsRemovedInTheMiddleIsMadeAgain() {
        append(emails.get(0));
        fault(GraphFault.at(CREATE).after(5).answers(404, "ErrorItemNotFound"));

        assertThat(append(emails.subList(1, 20))).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(ids);
    }

    @Test
    void aSearchThatIsThrottledIsUnclear() {
        append(emails);
        fault(GraphFault.at("GET users/?/mailFolders/?/messages")
                .after(7)
                .answers(429, "ApplicationThrottled")
                .retryAfter("5"));

        assertThat(find(ids)).isInstanceOfSatisfying(Found.Unclear.class, unclear -> {
            assertThat(unclear.fault()).isEqualTo(Fault.THROTTLED);
            assertThat(unclear.delay()).isEqualTo(Duration.ofSeconds(5));
        });
    }
}
