package org.chatarchiver.msexchange.transport.ews;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.servers.EwsMailboxes;

/** Reads what the stub holds. */
record EwsStubReader(EwsMailboxes mailboxes) implements MailboxReader {
    @Override
    public List<Stored> folder(String mailbox, String name) {
        return mailboxes.items(mailbox, name).stream()
                .map(item -> new Stored(
                        item.messageId(),
                        item.read(),
                        item.draft(),
                        item.received(),
                        new String(item.mime(), StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public void delete(String mailbox, String name) {
        mailboxes.delete(mailbox, name);
    }
}
