package org.chatarchiver.msexchange.transport;

import java.util.List;

/** Mailboxes by Microsoft Graph v1.0: Exchange Online in every cloud. */
public final class GraphTransport implements MailboxTransport {
    public GraphTransport(GraphSettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    @Override
    public List<Outcome> append(Batch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Found find(Lookup lookup) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Existence exists(String mailbox) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
