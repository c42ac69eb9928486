package org.chatarchiver.msexchange.transport;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.AfterEach;

class GreenMailTest extends MailboxTransportContract {
    private GreenMail greenMail;

    @Override
    ReadBack readBack() {
        greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        greenMail.start();
        greenMail.setUser(ALICE, ALICE, Dovecot.USER_PASSWORD);
        greenMail.setUser(BOB, BOB, Dovecot.USER_PASSWORD);
        return new ReadBack("127.0.0.1", greenMail.getImap().getPort(), Dovecot.USER_PASSWORD);
    }

    @Override
    MailboxTransport open() {
        ImapOptions options = new ImapOptions();
        options.port = greenMail.getImap().getPort();
        return new ImapTransport(options.settings());
    }

    @AfterEach
    void stop() {
        greenMail.stop();
    }
}
