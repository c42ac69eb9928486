package org.chatarchiver.msexchange.transport.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chatarchiver.msexchange.transport.MailboxReader;
import org.chatarchiver.servers.GraphStub;

/** Reads what the stub has in its memory. */
record GraphReader(GraphStub stub) implements MailboxReader {
    @Override
    public List<Stored> folder(String mailbox, String name) {
        return stub.mailbox(mailbox).in(name).stream()
                .map(item -> new Stored(
                        item.messageId(),
                        item.read(),
                        item.draft(),
                        item.receivedAt(),
                        new String(item.original(), StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public void delete(String mailbox, String name) {
        stub.mailbox(mailbox).deleteFolder(name);
    }
}
