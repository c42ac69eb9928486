package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mailboxes are there, which are elsewhere, and which may not be opened. */
class EwsMailboxesTest extends EwsFixture {
    private static final String DENIED = "ErrorImpersonateUserDenied";

    private Existence.Unknown unknown(String mailbox) {
        Existence existence = transport().exists(mailbox);
        assertThat(existence).isInstanceOf(Existence.Unknown.class);
        return (Existence.Unknown) existence;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@example.com", "white space@example.com", "line\r\nbreak@example.com", ""})
    void anAddressWithoutAMailboxIsMissing(String address) {
        assertThat(transport().exists(address)).isInstanceOf(Existence.Missing.class);

        List<Outcome> outcomes =
                transport().append(new Batch(address, FOLDER, MailboxTransportContract.emails("x", 2)));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(rejected(outcome)).isEqualTo(Fault.MAILBOX_NOT_FOUND));
    }

    @Test
    void onlyTheTopFolderIsAskedForToTellWhetherAMailboxExists() {
        transport().exists(MAILBOX);

        assertThat(stub.requests()).singleElement().satisfies(request -> assertThat(request.operation())
                .isEqualTo("GetFolder"));
    }

    @ParameterizedTest
    @CsvSource({
        "ErrorMissingEmailAddress, the account does not have a mailbox",
        "ErrorNonPrimarySmtpAddress, another address is the primary one",
        "ErrorInvalidLicense, no licence",
        "ErrorNonExistentMailbox, No mailbox with such guid."
    })
    void aUserWhoseMailboxIsNotHereIsNeitherMissingNorTriedAgain(String code, String text) {
        stub.on("GetFolder", EwsReaction.fault(code, text));
        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.MAILBOX_ELSEWHERE);

        stub.on("FindFolder", EwsReaction.fault(code, text));
        assertThat(rejected(append(1).get(0))).isEqualTo(Fault.MAILBOX_ELSEWHERE);
    }

    @Test
    void aUserWithoutAMailboxIsToldFromTheAnswerToTheOneRequest() {
        stub.mailboxes().refuse(MAILBOX, "ErrorMissingEmailAddress");

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.MAILBOX_ELSEWHERE);
    }

    @Test
    void aMailboxThatMayNotBeImpersonatedWhileTheProbeMailboxMayIsRejected() {
        options.probeMailbox = OTHER;
        stub.mailboxes().refuse(MAILBOX, DENIED);

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(rejected(append(1).get(0))).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void anAccountThatMayImpersonateNobodyIsAnOutage() {
        options.probeMailbox = OTHER;
        stub.mailboxes().refuse(MAILBOX, DENIED);
        stub.mailboxes().refuse(OTHER, DENIED);

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
    }

    @Test
    void withoutAProbeMailboxThoseThatWereOpenedBeforeAreAsked() {
        transport().exists(OTHER);
        stub.mailboxes().refuse(MAILBOX, DENIED);

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void whileNoMailboxCouldEverBeOpenedItIsUndecided() {
        stub.mailboxes().refuse(MAILBOX, DENIED);

        assertThat(unknown(MAILBOX).fault().undecided()).isTrue();
    }

    @Test
    void withoutAProbeMailboxASecondOneThatIsRefusedMakesItAnOutage() {
        stub.mailboxes().refuse(MAILBOX, DENIED);
        stub.mailboxes().refuse(OTHER, DENIED);

        assertThat(unknown(MAILBOX).fault().outage()).isFalse();
        assertThat(unknown(MAILBOX).fault().outage()).isFalse();
        assertThat(unknown(OTHER).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
    }

    @Test
    void aProbeMailboxThatIsRefusedItselfIsNoOutageWhileAnotherMayBeUsed() {
        String third = "third@example.com";
        stub.mailboxes().create(List.of(third));
        options.probeMailbox = OTHER;
        transport().exists(third);
        stub.mailboxes().refuse(MAILBOX, DENIED);
        stub.mailboxes().refuse(OTHER, DENIED);

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.PERMISSION_DENIED);
        assertThat(unknown(OTHER).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void anImpersonationThatFailedForOneMailboxMayPass() {
        options.probeMailbox = OTHER;
        stub.mailboxes().refuse(MAILBOX, "ErrorImpersonationFailed");

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNAVAILABLE);
    }

    @Test
    void aForbiddenRequestIsSettledByTheProbeMailboxToo() {
        options.probeMailbox = OTHER;
        stub.on("GetFolder", EwsReaction.status(403), EwsReaction.status(403));
        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);

        stub.on("GetFolder", EwsReaction.status(403), EwsReaction.item(9, "none"), EwsReaction.status(403));
        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrorMailboxStoreUnavailable", "ErrorADUnavailable", "ErrorMailboxMoveInProgress"})
    void aTroubleThatPassesNeverMeansMissing(String code) {
        stub.on("GetFolder", EwsReaction.fault(code, "Later."));

        assertThat(unknown(MAILBOX).fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(transport().exists(MAILBOX)).isEqualTo(new Existence.Present());
    }
}
