package org.chatarchiver.msexchange.transport;

import java.util.List;

/** Mailboxes by Exchange Web Services (MS-OXWSCORE): Exchange Server on premises. */
public final class EwsTransport implements MailboxTransport {
    public EwsTransport(EwsSettings settings) {
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
