package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer means one thing, and what passes is never mixed up with what lasts. */
class GraphFaultsTest extends GraphTest {
    private static final String ROOT = "GET users/?/mailFolders/?";

    private final Email email = MailboxTransportContract.email("one");

    @ParameterizedTest
    @CsvSource({
        "400, ErrorInvalidRecipients, REFUSED",
        "413, '', EMAIL_TOO_LARGE",
        "400, ErrorMessageSizeExceeded, EMAIL_TOO_LARGE",
        "404, ErrorInvalidUser, MAILBOX_NOT_FOUND",
        "404, Request_ResourceNotFound, MAILBOX_NOT_FOUND",
        "404, MailboxNotEnabledForRESTAPI, MAILBOX_ELSEWHERE",
        "401, MailboxNotEnabledForRESTAPI, MAILBOX_ELSEWHERE",
        "403, MailboxNotSupportedForRESTAPI, MAILBOX_ELSEWHERE",
        "404, MailboxNotHostedInExchangeOnline, MAILBOX_ELSEWHERE",
        "404, ResourceNotFound, MAILBOX_ELSEWHERE"
    })
    void whatLastsIsRejected(int status, String code, Fault fault) {
        fault(GraphFault.at(CREATE).answers(status, code));

        assertThat(rejected(append(email)).fault()).isEqualTo(fault);
        assertThat(filed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "409, ErrorIrresolvableConflict, REFUSED, false",
        "429, TooManyRequests, THROTTLED, false",
        "429, '', THROTTLED, false",
        "403, ErrorQuotaExceeded, QUOTA_EXCEEDED, false",
        "507, '', QUOTA_EXCEEDED, false",
        "503, ErrorServerBusy, UNAVAILABLE, true",
        "503, ErrorMailboxStoreUnavailable, UNAVAILABLE, true",
        "503, ErrorMailboxMoveInProgress, UNAVAILABLE, true",
        "500, ErrorInternalServerError, UNAVAILABLE, true",
        "502, '', UNAVAILABLE, true",
        "504, UnknownError, UNAVAILABLE, true",
        "404, '', UNAVAILABLE, false"
    })
    void whatPassesIsSentAgain(int status, String code, Fault fault, boolean inDoubt) {
        GraphFault answer = GraphFault.at(CREATE);
        fault(code.isEmpty() ? answer.answersNothing(status) : answer.answers(status, code));

        Outcome.Retryable later = retryable(append(email));

        assertThat(later.fault()).isEqualTo(fault);
        assertThat(later.inDoubt()).isEqualTo(inDoubt);
        // When a full mailbox is tried again is not the transport's matter.
        assertThat(later.delay())
                .isGreaterThanOrEqualTo(fault == Fault.QUOTA_EXCEEDED ? Duration.ZERO : Duration.ofSeconds(1));
    }

    @Test
    void ofABadRequestTheCodeIsToldButNotTheWordsWhichCanQuoteTheEmail() {
        fault(GraphFault.at(CREATE).answers(400, "ErrorInvalidPropertySet"));

        assertThat(rejected(append(email)).detail()).isEqualTo("400 ErrorInvalidPropertySet");
    }

    @Test
    void aDetailIsTheServersOwnCodeAndWordsInShort() {
        fault(GraphFault.at(CREATE).answers(409, "ErrorInvalid\r\nProperty" + "x".repeat(300)));

        assertThat(retryable(append(email)).detail())
                .startsWith("409 ErrorInvalid\\u000D\\u000AProperty")
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void aUserThatNobodyKnowsIsMissing() {
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
    }

    @ParameterizedTest
    @CsvSource({"404, MailboxNotEnabledForRESTAPI", "404, ResourceNotFound", "404, MailboxNotHostedInExchangeOnline"})
    void aUserWhoseMailboxIsElsewhereIsNotMissing(int status, String code) {
        stub.refuse("sam@example.com", status, code);

        assertThat(transport.exists("sam@example.com"))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.MAILBOX_ELSEWHERE));
    }

    @ParameterizedTest
    @CsvSource({"404, ''", "200, ''", "302, ''", "404, SomethingNew", "500, ''"})
    void anAnswerThatSaysNothingDefiniteIsNeitherPresentNorMissing(int status, String code) {
        GraphFault answer = GraphFault.at(ROOT).times(9);
        fault(code.isEmpty() ? answer.answersNothing(status) : answer.answers(status, code));

        assertThat(transport.exists(ANN)).isInstanceOf(Existence.Unknown.class);
    }

    @Test
    void aMailboxThatIsGoneMeanwhileIsNotFound() {
        append(email);
        stub.remove(ANN);

        assertThat(rejected(append(MailboxTransportContract.email("two"))).fault())
                .isEqualTo(Fault.MAILBOX_NOT_FOUND);
        assertThat(transport.find(new Lookup(ANN, FOLDER, List.of(email.messageId()))))
                .isInstanceOf(Found.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 1",
        "999999, 3600",
        "99999999999999999999, 3600",
        "soon, 30",
        "'Sun, 06 Nov 1994 08:49:37 GMT', 1"
    })
    void theServerIsLeftAloneAsLongAsItAsksWithinReason(String retryAfter, long seconds) {
        // The second time, where the first wait was so short that it was sat out.
        fault(GraphFault.at(CREATE)
                .times(2)
                .answers(429, "ApplicationThrottled")
                .retryAfter(retryAfter));

        assertThat(retryable(append(email)).delay()).isEqualTo(Duration.ofSeconds(seconds));
    }
}
