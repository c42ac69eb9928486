package org.chatarchiver.msexchange.transport.imap;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class GreenMailTest extends MailboxTransportContract {
    private GreenMail greenMail;

    @BeforeAll
    void start() {
        greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        greenMail.start();
        USERS.forEach(user -> greenMail.setUser(user, user, Dovecot.USER_PASSWORD));
    }

    @Override
    protected MailboxReader readBack() {
        return new ImapReader("127.0.0.1", greenMail.getImap().getPort(), Dovecot.USER_PASSWORD);
    }

    @Override
    protected MailboxTransport open() {
        ImapOptions options = new ImapOptions();
        options.port = greenMail.getImap().getPort();
        // GreenMail knows no SASL PLAIN; it takes the user's password for the token.
        options.authentication = Authentication.xoauth2;
        options.credential = ImapOptions.credential(() -> Dovecot.USER_PASSWORD);
        return new ImapTransport(options.settings());
    }

    @AfterAll
    void stop() {
        greenMail.stop();
    }
}
