package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;

class GraphFoldersTest extends GraphTest {
    private static final String MAKE = "POST users/?/mailFolders";

    private final Email email = MailboxTransportContract.email("one");

    @Test
    void aFolderIsFoundOnAnyPage() {
        for (int i = 0; i < 7; i++) {
            mailbox.makeFolder("Project " + i);
        }
        mailbox.makeFolder(FOLDER);

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertThat(filed()).hasSize(1);
        assertThat(stub.log()).doesNotContain(MAKE);
    }

    @Test
    void aFolderInOtherCaseIsTheSame() {
        mailbox.makeFolder(FOLDER.toUpperCase(Locale.ROOT));

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.folderNames()).hasSize(1);
    }

    @Test
    void aFolderThatAnotherProgramMakesAtThatMomentIsUsed() {
        fault(GraphFault.at(MAKE).carriedOut().answers(409, "ErrorFolderExists"));

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.folderNames()).containsExactly(FOLDER);
    }

    @Test
    void aFolderThatIsMadeAlthoughTheAnswerIsLostIsFoundAndUsed() {
        fault(GraphFault.at(MAKE).carriedOut().resets());

        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.folderNames()).containsExactly(FOLDER);
    }

    @Test
    void aKnownFolderIsNotLookedForAgain() {
        append(email);
        stub.clearLog();

        append(MailboxTransportContract.email("two"));

        assertThat(stub.log()).containsExactly(CREATE);
    }

    @Test
    void aFolderThatItsUserRenamedIsMadeAgainBeforeLong() {
        AtomicLong later = new AtomicLong();
        options.nanoTime = () -> System.nanoTime() + later.get();
        restart();
        append(email);
        mailbox.renameFolder(FOLDER, "Old chats");
        later.set(Duration.ofSeconds(61).toNanos());

        assertThat(append(MailboxTransportContract.email("two"))).isInstanceOf(Outcome.Delivered.class);

        assertThat(filed()).containsExactly("<two@test.invalid>");
    }

    @Test
    void aFolderThatIsRemovedBeforeALargeEmailIsMadeAgain() {
        append(email);
        mailbox.deleteFolder(FOLDER);

        assertThat(append(MailboxTransportContract.email("big", "x".repeat(1_500_000))))
                .isInstanceOf(Outcome.Delivered.class);

        assertThat(filed()).containsExactly("<big@test.invalid>");
    }

    @Test
    void aFolderThatTheServerMissesAfterItWasMadeIsATroubleThatPasses() {
        fault(GraphFault.at(CREATE).times(9).answers(404, "ErrorItemNotFound"));

        Outcome.Retryable later = retryable(append(email));

        assertThat(later.fault()).isEqualTo(Fault.FOLDER_REFUSED);
        assertThat(later.inDoubt()).isFalse();
    }

    @Test
    void aFolderNameOf300CharactersIsRejectedWithoutARequest() {
        List<Outcome> outcomes = transport.append(new Batch(ANN, "x".repeat(300), List.of(email)));

        assertThat(rejected(outcomes.get(0)).fault()).isEqualTo(Fault.FOLDER_REFUSED);
        assertThat(rejected(outcomes.get(0)).detail()).contains("255").hasSizeLessThanOrEqualTo(200);
        assertThat(stub.log()).isEmpty();
    }

    @Test
    void aFolderNameThatTheServerRefusesIsRejected() {
        fault(GraphFault.at(MAKE).answers(400, "ErrorInvalidFolderName"));

        assertThat(rejected(append(email)).fault()).isEqualTo(Fault.FOLDER_REFUSED);
    }

    @Test
    void aLinkToAnotherHostIsNotFollowedWithTheToken() {
        stub.linkPagesTo("http://127.0.0.1:1/v1.0");
        for (int i = 0; i < 7; i++) {
            mailbox.makeFolder("Project " + i);
        }

        assertThat(retryable(append(email)).detail()).contains("another host");
    }
}
