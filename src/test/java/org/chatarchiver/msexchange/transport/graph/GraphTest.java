package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.chatarchiver.servers.GraphStub;
import org.junit.jupiter.api.AfterEach;

/** A stub with three mailboxes, and a transport. */
abstract class GraphTest {
    static final String ANN = "ann@example.com";
    static final String BEN = "ben@example.com";
    static final String PROBE = "probe@example.com";
    static final String FOLDER = "WeChat Archiver";
    static final String CREATE = "POST users/?/mailFolders/?/messages";

    final GraphStub stub = GraphStub.start();
    final GraphOptions options = GraphOptions.at(stub);
    final GraphMailbox mailbox = stub.mailbox(ANN);
    GraphTransport transport;

    GraphTest() {
        stub.mailbox(BEN);
        stub.mailbox(PROBE);
        transport = options.open();
    }

    @AfterEach
    void stop() {
        transport.close();
        stub.close();
        assertThat(stub.breaches()).isEmpty();
    }

    /** As after a restart: nothing is remembered. */
    void restart() {
        transport.close();
        transport = options.open();
    }

    List<Outcome> append(List<Email> emails) {
        return transport.append(new Batch(ANN, FOLDER, emails));
    }

    Outcome append(Email email) {
        return append(List.of(email)).get(0);
    }

    List<String> filed() {
        return mailbox.in(FOLDER).stream().map(GraphMailbox.Item::messageId).toList();
    }

    Found find(List<String> messageIds) {
        return transport.find(new Lookup(ANN, FOLDER, messageIds));
    }

    void fault(GraphFault fault) {
        stub.fault(fault);
    }

    static Outcome.Retryable retryable(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retryable.class);
        return (Outcome.Retryable) outcome;
    }

    static Outcome.Rejected rejected(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return (Outcome.Rejected) outcome;
    }
}
