package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract against the stub of Exchange Web Services, with one way to log in. */
abstract class EwsContract extends MailboxTransportContract {
    EwsStub stub;

    abstract EwsStub.Login login();

    abstract EwsOptions options();

    @BeforeAll
    void start() {
        stub = EwsStub.start(login());
        stub.mailboxes().create(USERS);
    }

    @Override
    protected MailboxTransport open() {
        return new EwsTransport(options().settings());
    }

    @Override
    protected MailboxReader readBack() {
        return new EwsStubReader(stub.mailboxes());
    }

    @AfterEach
    void nothingWasAgainstTheSchemas() {
        assertThat(stub.violations()).isEmpty();
    }

    @AfterAll
    void stop() {
        stub.close();
    }
}
