package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.servers.EwsReaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each refusal means, of an item or of a request as a whole. */
class EwsFaultsTest extends EwsFixture {
    @ParameterizedTest
    @CsvSource({
        "ErrorMessageSizeExceeded, EMAIL_TOO_LARGE",
        "ErrorDataSizeLimitExceeded, EMAIL_TOO_LARGE",
        "ErrorMimeContentInvalid, REFUSED",
        "ErrorContentConversionFailed, REFUSED",
        "ErrorVirusDetected, REFUSED"
    })
    void anItemThatIsRefusedForGoodIsLeftOutAndTheOthersAreFiled(String code, Fault fault) {
        stub.on("CreateItem", EwsReaction.item(6, code));

        List<Outcome> outcomes = append(20);

        assertThat(rejected(outcomes.remove(6))).isEqualTo(fault);
        assertThat(outcomes).hasSize(19).containsOnly(new Outcome.Delivered(0));
        assertThat(filed()).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({
        "ErrorQuotaExceeded, QUOTA_EXCEEDED, false",
        "ErrorMailboxStoreUnavailable, UNAVAILABLE, true",
        "ErrorMailboxMoveInProgress, UNAVAILABLE, true"
    })
    void whatStopsTheBatchIsTheOutcomeOfAllThatWereNotTried(String code, Fault fault, boolean inDoubt) {
        stub.on("CreateItem", EwsReaction.item(6, code));

        List<Outcome> outcomes = append(20);

        assertThat(outcomes.subList(0, 6)).containsOnly(new Outcome.Delivered(0));
        assertThat(retryable(outcomes.get(6)).inDoubt()).isEqualTo(inDoubt);
        assertThat(outcomes.subList(6, 20))
                .allSatisfy(outcome -> assertThat(retryable(outcome).fault()).isEqualTo(fault));
        assertThat(outcomes.subList(7, 20))
                .noneMatch(outcome -> retryable(outcome).inDoubt());
        assertThat(stub.count("CreateItem")).isEqualTo(1);
    }

    @Test
    void aMailboxThatMayNotBeWrittenToIsRejectedAsAWhole() {
        stub.on("CreateItem", EwsReaction.item(1, "ErrorAccessDenied"));

        List<Outcome> outcomes = append(4);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.subList(1, 4))
                .allSatisfy(outcome -> assertThat(rejected(outcome)).isEqualTo(Fault.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ErrorTimeoutExpired",
                "ErrorInternalServerTransientError",
                "ErrorConnectionFailed",
                "ErrorItemSave"
            })
    void anItemOfWhichTheServerIsNotSureIsInDoubt(String code) {
        stub.on("CreateItem", EwsReaction.item(0, code));

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.inDoubt()).isTrue();
        assertThat(later.delay()).isGreaterThanOrEqualTo(TransportError.DELAY);
        assertThat(later.detail()).startsWith(code);
    }

    @Test
    void aRequestThatIsRefusedBecauseOfOneItemIsResolvedItemByItem() {
        append(1);
        stub.on(
                "CreateItem",
                EwsReaction.fault("ErrorSchemaValidation", "the value 'secret words of an e-mail' is invalid"),
                EwsReaction.item(9, "none"),
                EwsReaction.fault("ErrorSchemaValidation", "the value 'secret words of an e-mail' is invalid"));

        List<Outcome> outcomes = append(MailboxTransportContract.emails("n", 4));

        assertThat(outcomes.get(1)).isEqualTo(new Outcome.Rejected(Fault.REFUSED, "ErrorSchemaValidation"));
        assertThat(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(3))).containsOnly(new Outcome.Delivered(0));
        assertThat(filed()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 413})
    void anEmailThatIsTooLargeForTheWebServerIsFoundOutAndTheOthersAreFiled(int status) {
        List<Email> emails = List.of(
                MailboxTransportContract.email("first"),
                MailboxTransportContract.email("huge", "x".repeat(3_000_000)),
                MailboxTransportContract.email("last"));
        if (status == 404) {
            stub.requestLimit(1_000_000);
        } else {
            stub.on("CreateItem", EwsReaction.status(413), EwsReaction.item(9, "none"), EwsReaction.status(413));
        }

        List<Outcome> outcomes = append(emails);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(rejected(outcomes.get(1))).isEqualTo(Fault.EMAIL_TOO_LARGE);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aSmallEmailThatOneOfSeveralServersHasNoServiceForIsNotTooLarge() {
        transport().exists(OTHER);
        stub.on("CreateItem", EwsReaction.status(404));

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(append(1)).containsExactly(new Outcome.Delivered(0));
    }

    @ParameterizedTest
    @CsvSource({
        "401, CREDENTIALS_REFUSED",
        "440, CREDENTIALS_REFUSED",
        "302, UNREACHABLE",
        "404, UNREACHABLE",
        "405, UNREACHABLE",
        "500, UNREACHABLE",
        "502, UNREACHABLE",
        "503, UNREACHABLE",
        "504, UNREACHABLE"
    })
    void anAnswerThatIsNotOneOfExchangeIsAnOutage(int status, Fault fault) {
        EwsReaction foreign = EwsReaction.status(status, "Location", "http://127.0.0.1:1/elsewhere");
        stub.on("GetFolder", foreign, foreign);

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(fault));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aGatewaysErrorLeavesTheItemsInDoubt(int status) {
        transport().exists(OTHER);
        stub.on("CreateItem", EwsReaction.executeAndStatus(status));

        assertThat(append(2)).allSatisfy(outcome -> {
            assertThat(retryable(outcome).inDoubt()).isTrue();
            assertThat(retryable(outcome).fault()).isEqualTo(Fault.UNAVAILABLE);
        });
        assertThat(transport()
                        .find(new Lookup(
                                MAILBOX,
                                FOLDER,
                                MailboxTransportContract.ids(MailboxTransportContract.emails("m", 2)))))
                .isInstanceOfSatisfying(Found.Answered.class, answered -> assertThat(answered.uids())
                        .hasSize(2));
    }

    @Test
    void aFaultAfterTheItemsMayHaveBeenFiledLeavesThemInDoubt() {
        stub.on("CreateItem", EwsReaction.executeAndFault("ErrorInternalServerTransientError"));

        assertThat(append(2)).allMatch(outcome -> retryable(outcome).inDoubt());
    }

    @Test
    void aRequestThatTheWebServerBarsIsNotInDoubtAndTriedOneByOne() {
        stub.on("CreateItem", EwsReaction.status(400), EwsReaction.status(406));

        List<Outcome> outcomes = append(3);

        assertThat(retryable(outcomes.get(0)).inDoubt()).isFalse();
        assertThat(outcomes.subList(1, 3)).containsOnly(new Outcome.Delivered(0));
    }

    @Test
    void aServerThatIsTooOldIsAnOutage() {
        EwsReaction old = EwsReaction.fault("ErrorInvalidServerVersion", "The specified server version is invalid.");
        stub.on("GetFolder", old, old);

        assertThat(transport().exists(MAILBOX)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
            assertThat(unknown.fault().outage()).isTrue();
            assertThat(unknown.detail()).contains("2013 SP1");
        });
    }

    @Test
    void detailsAreEscapedAndShort() {
        stub.on("GetFolder", EwsReaction.fault("ErrorADUnavailable", "first\nsecond \u202e " + "long ".repeat(200)));

        assertThat(transport().exists(MAILBOX))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.detail())
                        .startsWith("ErrorADUnavailable: first\\u000Asecond \\u202E long")
                        .hasSizeLessThanOrEqualTo(200));
    }
}
