package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E-mails that take several requests: none is lost, none is doubled, wherever they are cut off. */
class GraphLargeItemsTest extends GraphTest {
    private static final String SESSION = "POST users/?/messages/?/attachments/createUploadSession";
    private static final String FINISH = "PATCH users/?/messages/?";
    private static final byte[] SMALL = bytes(70_000);
    private static final byte[] MIDDLE = bytes(500_000);
    private static final byte[] LARGE = bytes(7_900_000);

    private final Email email = withFiles("large", SMALL, MIDDLE, LARGE);

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static Email withFiles(String id, byte[]... files) {
        StringBuilder mime = new StringBuilder("Message-ID: <" + id + "@test.invalid>\r\nSubject: " + id
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\ntext\r\n");
        for (int i = 0; i < files.length; i++) {
            mime.append("--b\r\nContent-Type: image/jpeg; name=photo.jpg\r\nContent-Transfer-Encoding: base64\r\n")
                    .append("Content-Disposition: attachment; filename=photo.jpg\r\n\r\n")
                    .append(Base64.getMimeEncoder().encodeToString(files[i]))
                    .append("\r\n");
        }
        byte[] content = mime.append("--b--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        return new Email("<" + id + "@test.invalid>", MailboxTransportContract.DATE, content);
    }

    private void assertWhole() {
        assertThat(mailbox.in(FOLDER)).singleElement().satisfies(item -> {
            List<GraphMailbox.File> files = item.attachments();
            assertThat(files)
                    .extracting(GraphMailbox.File::name)
                    .containsExactly("photo.jpg", "photo.jpg", "photo.jpg", "message.eml");
            assertThat(Arrays.equals(files.get(0).content(), SMALL)).isTrue();
            assertThat(Arrays.equals(files.get(1).content(), MIDDLE)).isTrue();
            assertThat(Arrays.equals(files.get(2).content(), LARGE)).isTrue();
            assertThat(Arrays.equals(item.original(), email.content())).isTrue();
            assertThat(item.draft()).isFalse();
            assertThat(item.read()).isTrue();
        });
        assertThat(((Found.Answered) find(List.of(email.messageId()))).uids()).containsOnlyKeys(email.messageId());
    }

    /** After a failure the e-mail is not found, so that it is sent again, by another process; then it is whole and there once. */
    private void assertContinued(Outcome first) {
        retryable(first);
        restart();
        assertThat(find(List.of(email.messageId()))).isEqualTo(new Found.Answered(Map.of()));
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);
        assertWhole();
    }

    @Test
    void smallFilesAreCreatedWithTheItemAndLargeOnesAreUploaded() {
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
        assertThat(stub.log()).filteredOn(SESSION::equals).hasSize(2);
    }

    @Test
    void largeAndSmallEmailsAreFiledInTheirOrder() {
        List<Email> emails = List.of(
                MailboxTransportContract.email("a"),
                email,
                MailboxTransportContract.email("b"),
                withFiles("c", MIDDLE));

        assertThat(append(emails)).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(filed()).isEqualTo(MailboxTransportContract.ids(emails));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST users/?/messages/?/attachments",
                SESSION,
                "PUT session",
                "GET users/?/mailFolders/?/messages",
                FINISH
            })
    void whereARequestIsResetBeforeItRanTheItemIsContinuedNotDoubled(String request) {
        fault(GraphFault.at(request).times(9).resets());
        Outcome first = append(email);
        retryable(first);
        stub.clearFaults();
        restart();

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
    }

    @Test
    void aCrashBetweenCreationAndUploadLeavesAnItemThatIsNotFoundAndIsContinued() {
        fault(GraphFault.at(SESSION).resets());

        assertContinued(append(email));
    }

    @Test
    void aThrottledUploadIsContinued() {
        fault(GraphFault.at(SESSION)
                .after(1)
                .answers(429, "ApplicationThrottled")
                .retryAfter("6"));

        assertContinued(append(email));
    }

    @Test
    void whereTheCreationIsInDoubtWhatWasCreatedIsContinued() {
        fault(GraphFault.at(CREATE).carriedOut().resets());

        Outcome first = append(email);

        assertThat(retryable(first).inDoubt()).isTrue();
        assertContinued(first);
    }

    @Test
    void whereTheFinishIsInDoubtTheItemIsFound() {
        fault(GraphFault.at(FINISH).carriedOut().answersNothing(504));

        assertThat(retryable(append(email)).inDoubt()).isTrue();

        assertWhole();
        stub.clearLog();
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);
        assertThat(stub.log()).doesNotContain(CREATE, FINISH);
        assertWhole();
    }

    @Test
    void anUploadWhoseConnectionIsResetGoesOnWhereItWas() {
        fault(GraphFault.at("PUT session").after(1).resets());

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
        assertThat(stub.log())
                .contains("GET session")
                .filteredOn(SESSION::equals)
                .hasSize(2);
    }

    @Test
    void aPieceThatArrivedAlthoughItsAnswerWasLostIsNotSentTwice() {
        fault(GraphFault.at("PUT session").after(1).carriedOut().resets());

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
    }

    @Test
    void aLastPieceThatArrivedAlthoughItsAnswerWasLostIsNotSentTwice() {
        fault(GraphFault.at("PUT session").after(2).carriedOut().resets());

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
    }

    @Test
    void aPieceThatTheServerDidNotExpectIsFollowedByTheOneItDoes() {
        fault(GraphFault.at("PUT session").after(1).answers(416, "ErrorInvalidRange"));

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void anExpiredSessionIsReplaced(int status) {
        fault(GraphFault.at("PUT session").after(1).answers(status, "SessionExpired"));

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertWhole();
        assertThat(stub.log()).filteredOn(SESSION::equals).hasSize(3);
    }

    @Test
    void whereTheLastPieceMayStillComeTheSessionIsNotReplacedAtOnce() {
        fault(GraphFault.at("PUT session").after(2).answers(404, "ErrorItemNotFound"));

        Outcome first = append(email);

        assertThat(stub.log()).filteredOn(SESSION::equals).hasSize(1);
        assertContinued(first);
    }

    @Test
    void sessionsThatEndAgainAndAgainAreLeftForLater() {
        fault(GraphFault.at("PUT session").times(3).answers(404, "ErrorItemNotFound"));

        assertContinued(append(email));
    }

    @ParameterizedTest
    @ValueSource(strings = {SESSION, "PUT session"})
    void anEmailThatIsTooLargeForTheMailboxIsRejectedAndLeavesNothingBehind(String request) {
        fault(GraphFault.at(request).after(1).answers(413, "ErrorMessageSizeExceeded"));

        assertThat(append(List.of(MailboxTransportContract.email("a"), email, MailboxTransportContract.email("b"))))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOf(Outcome.Delivered.class),
                        two -> assertThat(rejected(two).fault()).isEqualTo(Fault.EMAIL_TOO_LARGE),
                        three -> assertThat(three).isInstanceOf(Outcome.Delivered.class));
        assertThat(filed()).containsExactly("<a@test.invalid>", "<b@test.invalid>");
    }

    @Test
    void anItemWhoseFinishIsRefusedForGoodIsRemoved() {
        fault(GraphFault.at(FINISH).answers(400, "ErrorInvalidPropertySet"));

        assertThat(rejected(append(email)).fault()).isEqualTo(Fault.REFUSED);
        assertThat(filed()).isEmpty();
    }

    @Test
    void whereWhatWasBegunCannotBeRemovedTheEmailWaits() {
        fault(GraphFault.at(SESSION).after(1).answers(413, "ErrorMessageSizeExceeded"));
        fault(GraphFault.at("DELETE users/?/messages/?").answers(503, "ErrorServerBusy"));

        assertThat(retryable(append(email)).fault()).isEqualTo(Fault.UNAVAILABLE);
    }

    @Test
    void aTextThatFitsIntoNoRequestIsRejected() {
        Outcome outcome = append(MailboxTransportContract.email("long", "\"".repeat(4_000_000)));

        assertThat(rejected(outcome).fault()).isEqualTo(Fault.EMAIL_TOO_LARGE);
        assertThat(filed()).isEmpty();
    }

    @Test
    void withoutTheOriginalOnlyTheFilesAreAttached() {
        options.attachOriginal = false;
        restart();

        assertThat(append(withFiles("plain", SMALL))).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.in(FOLDER).get(0).attachments())
                .extracting(GraphMailbox.File::name)
                .containsExactly("photo.jpg");
    }
}
