package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.junit.jupiter.api.Test;

class EwsFoldersTest extends EwsFixture {
    @Test
    void aFolderThatSomebodyElseMadeAMomentBeforeIsUsed() {
        stub.on("CreateFolder", EwsReaction.race());

        assertThat(append(2)).containsOnly(new Outcome.Delivered(0));

        assertThat(filed()).isEqualTo(2);
        assertThat(stub.count("FindFolder")).isEqualTo(2);
    }

    @Test
    void aFolderThatDisappearsInTheMiddleOfABatchIsMadeAgain() {
        append(1);
        stub.mailboxes().delete(MAILBOX, FOLDER);

        assertThat(append(MailboxTransportContract.emails("n", 3))).containsOnly(new Outcome.Delivered(0));

        assertThat(filed()).isEqualTo(3);
    }

    @Test
    void aFolderThatIsMadeAndYetMissingIsNoEndlessLoop() {
        stub.on(
                "CreateItem",
                EwsReaction.item(0, "ErrorFolderNotFound"),
                EwsReaction.item(0, "ErrorSavedItemFolderNotFound"));

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.fault()).isEqualTo(Fault.FOLDER_REFUSED);
        assertThat(later.inDoubt()).isFalse();
    }

    @Test
    void aFolderThatItsUserRenamedOrDeletedInOutlookIsMadeAgainOnceItsNameIsLookedUp() {
        try (EwsTransport forgetful = new EwsTransport(options.settings(), Duration.ZERO)) {
            forgetful.append(new Batch(MAILBOX, FOLDER, MailboxTransportContract.emails("a", 1)));
            stub.mailboxes().rename(MAILBOX, FOLDER, "My own");
            forgetful.append(new Batch(MAILBOX, FOLDER, MailboxTransportContract.emails("b", 2)));
            stub.mailboxes().moveToDeletedItems(MAILBOX, FOLDER);
            forgetful.append(new Batch(MAILBOX, FOLDER, MailboxTransportContract.emails("c", 3)));
        }

        assertThat(stub.mailboxes().items(MAILBOX, "My own")).hasSize(1);
        assertThat(filed()).isEqualTo(3);
    }

    @Test
    void nothingIsFoundInAFolderThatIsGone() {
        append(1);
        stub.mailboxes().delete(MAILBOX, FOLDER);

        assertThat(transport().find(new Lookup(MAILBOX, FOLDER, List.of("<m0@test.invalid>"))))
                .isEqualTo(new Found.Answered(Map.of()));
    }

    @Test
    void aFolderThatMayNotBeMadeIsRejected() {
        stub.on("CreateFolder", EwsReaction.fault("ErrorCreateSubfolderAccessDenied", "No."));

        assertThat(rejected(append(1).get(0))).isEqualTo(Fault.PERMISSION_DENIED);
    }

    @Test
    void aFolderWhoseNameExchangeDoesNotTakeIsRejected() {
        stub.on("CreateFolder", EwsReaction.fault("ErrorInvalidRequest", "No."));

        assertThat(rejected(append(1).get(0))).isEqualTo(Fault.FOLDER_REFUSED);
    }

    @Test
    void anAnswerThatGetsLostWhileTheFolderIsMadeLeavesNothingInDoubt() {
        stub.on("CreateFolder", EwsReaction.executeAndClose());

        assertThat(append(2)).containsOnly(new Outcome.Delivered(0));
    }
}
