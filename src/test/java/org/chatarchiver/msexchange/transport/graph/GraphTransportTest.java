package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.servers.GraphStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class GraphTransportTest extends MailboxTransportContract {
    private GraphStub stub;

    @BeforeAll
    void start() {
        stub = GraphStub.start();
        USERS.forEach(stub::mailbox);
    }

    @AfterAll
    void stop() {
        stub.close();
    }

    @AfterEach
    void nothingWasAskedThatGraphWouldPunish() {
        assertThat(stub.breaches()).isEmpty();
    }

    @Override
    protected MailboxTransport open() {
        return GraphOptions.at(stub).open();
    }

    @Override
    protected MailboxReader readBack() {
        return new GraphReader(stub);
    }
}
