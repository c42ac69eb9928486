package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stub and a transport for each test. */
abstract class EwsFixture {
    static final String MAILBOX = "alice@example.com";
    static final String OTHER = "bob@example.com";
    static final String FOLDER = "Archive";

    EwsStub stub;
    EwsOptions options;
    private volatile EwsTransport transport;

    @BeforeEach
    void start() {
        stub = EwsStub.start(EwsStub.Login.BASIC);
        stub.mailboxes().create(List.of(MAILBOX, OTHER));
        options = new EwsOptions(stub);
    }

    /** Opened with the options as they are when it is first asked for. */
    synchronized EwsTransport transport() {
        if (transport == null) {
            transport = new EwsTransport(options.settings());
        }
        return transport;
    }

    List<Outcome> append(int emails) {
        return append(MailboxTransportContract.emails("m", emails));
    }

    List<Outcome> append(List<Email> emails) {
        return transport().append(new Batch(MAILBOX, FOLDER, emails));
    }

    int filed() {
        return stub.mailboxes().items(MAILBOX, FOLDER).size();
    }

    static Outcome.Retryable retryable(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retryable.class);
        return (Outcome.Retryable) outcome;
    }

    static Fault rejected(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).fault();
    }

    @AfterEach
    void stop() {
        if (transport != null) {
            transport.close();
        }
        stub.close();
        assertThat(stub.violations()).isEmpty();
    }
}
