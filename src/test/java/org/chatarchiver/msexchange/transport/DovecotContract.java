package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a real Dovecot of some kind. */
@RequiresProgram("dovecot")
abstract class DovecotContract extends MailboxTransportContract {
    Dovecot dovecot;

    abstract Dovecot start(Dovecot.Options options);

    ImapOptions options() {
        return ImapOptions.master(dovecot);
    }

    @Override
    MailboxTransport open() {
        return new ImapTransport(options().settings());
    }

    @Override
    ReadBack readBack() {
        dovecot = start(Dovecot.with(List.of(ALICE, BOB)));
        return new ReadBack(dovecot.host(), dovecot.imapPort(), Dovecot.USER_PASSWORD);
    }

    @AfterEach
    void stop() {
        dovecot.close();
    }

    @Test
    void aSlashInAFolderNameBecomesAHyphen() {
        transport.append(new Batch(ALICE, "AT&T SMS/MMS Network Archiver", emails("s", 2)));

        assertThat(mailboxes.folder(ALICE, "AT&T SMS-MMS Network Archiver")).hasSize(2);
    }

    @Test
    void theMailboxIsMissingWhereTheCredentialsWorkForTheProbeMailbox() {
        transport.close();
        ImapOptions options = options();
        options.probeMailbox = BOB;
        transport = new ImapTransport(options.settings());

        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
        assertThat(transport.append(new Batch("nobody@example.com", FOLDER, emails("x", 2))))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                                .isEqualTo(Fault.MAILBOX_NOT_FOUND)));
    }

    @Test
    void theMailboxIsMissingWhereTheCredentialsJustWorkedForAnother() {
        assertThat(transport.exists(ALICE)).isInstanceOf(Existence.Present.class);
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
    }
}
