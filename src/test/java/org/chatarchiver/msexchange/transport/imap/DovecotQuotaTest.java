package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;

@RequiresProgram("dovecot")
class DovecotQuotaTest {
    @Test
    void theOneEmailThatDoesNotFitIsFoundOutAndTheOthersAreDelivered() {
        String mailbox = "alice@example.com";
        List<Email> emails = List.of(
                MailboxTransportContract.email("first"),
                MailboxTransportContract.email("huge", "x".repeat(200_000)),
                MailboxTransportContract.email("last"));
        try (Dovecot dovecot = Dovecot.with(List.of(mailbox)).withQuota("100k").start();
                ImapTransport transport =
                        new ImapTransport(ImapOptions.master(dovecot).settings())) {
            List<Outcome> outcomes = transport.append(new Batch(mailbox, "Archive", emails));

            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
            assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Retryable.class, later -> {
                assertThat(later.fault()).isEqualTo(Fault.QUOTA_EXCEEDED);
                assertThat(later.inDoubt()).isFalse();
            });
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Delivered.class);
        }
    }
}
