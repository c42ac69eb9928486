package org.chatarchiver.msexchange.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The mailboxes that could be opened last. Safe for use by many threads. */
public final class WorkedMailboxes {
    /** Some, since one of them may be deleted the next moment. */
    private static final int MOST = 3;

    private final Deque<String> mailboxes = new ArrayDeque<>();

    public synchronized void add(String mailbox) {
        mailboxes.remove(mailbox);
        mailboxes.addFirst(mailbox);
        if (mailboxes.size() > MOST) {
            mailboxes.removeLast();
        }
    }

    /** The latest first. */
    public synchronized List<String> latest() {
        return List.copyOf(mailboxes);
    }
}
