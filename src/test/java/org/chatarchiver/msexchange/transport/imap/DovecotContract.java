package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against a real Dovecot of some kind. */
@RequiresProgram("dovecot")
abstract class DovecotContract extends MailboxTransportContract {
    Dovecot dovecot;

    @BeforeAll
    void start() {
        dovecot = start(Dovecot.with(USERS));
    }

    abstract Dovecot start(Dovecot.Options options);

    ImapOptions options() {
        return ImapOptions.master(dovecot);
    }

    @Override
    protected MailboxTransport open() {
        return new ImapTransport(options().settings());
    }

    @Override
    protected MailboxReader readBack() {
        return new ImapReader(dovecot.host(), dovecot.imapPort(), Dovecot.USER_PASSWORD);
    }

    @AfterAll
    void stop() {
        dovecot.close();
    }

    @Test
    void aSlashInAFolderNameBecomesAHyphen() {
        transport.append(new Batch(alice, "AT&T SMS/MMS Network Archiver", emails("s", 2)));

        assertThat(mailboxes.folder(alice, "AT&T SMS-MMS Network Archiver")).hasSize(2);
    }

    @Test
    void theMailboxIsMissingWhereTheCredentialsWorkForTheProbeMailbox() {
        transport.close();
        ImapOptions options = options();
        options.probeMailbox = bob;
        transport = new ImapTransport(options.settings());

        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
        assertThat(transport.append(new Batch("nobody@example.com", FOLDER, emails("x", 2))))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                                .isEqualTo(Fault.MAILBOX_NOT_FOUND)));
    }

    @Test
    void theMailboxIsMissingWhereTheCredentialsJustWorkedForAnother() {
        assertThat(transport.exists(alice)).isInstanceOf(Existence.Present.class);
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
    }

    @Test
    void aCertificateThatIsNotTrustedIsAnOutage() {
        ImapOptions options = options();
        options.sslContext = null;
        try (ImapTransport distrustful = new ImapTransport(options.settings())) {
            assertThat(distrustful.exists(alice))
                    .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                            .isEqualTo(Fault.UNREACHABLE));
        }
    }

    @Test
    void startTlsWorksAsWell() {
        ImapOptions options = options();
        options.security = Security.starttls;
        options.port = dovecot.imapPort();
        try (ImapTransport upgraded = new ImapTransport(options.settings())) {
            assertThat(upgraded.exists(alice)).isInstanceOf(Existence.Present.class);
        }
    }
}
