package org.chatarchiver.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Until when mailboxes are left alone. Safe for many threads. */
final class MailboxPauses {
    private final Map<String, Long> until = new HashMap<>();

    synchronized void put(String mailbox, long nanos) {
        long now = System.nanoTime();
        until.values().removeIf(end -> end - now <= 0);
        until.put(mailbox, now + nanos);
    }

    /** Zero for none. */
    synchronized Duration left(String mailbox) {
        long now = System.nanoTime();
        return Duration.ofNanos(Math.max(0, until.getOrDefault(mailbox, now) - now));
    }
}
