package org.chatarchiver.servers;

import java.util.HashMap;
import java.util.Map;

/** How many requests a server has had at a time. Safe for use by many threads. */
public final class EwsLoad {
    private final Map<String, Integer> running = new HashMap<>();
    private int mostForOneMailbox;
    private int mostInAll;

    synchronized void begin(String mailbox) {
        mostForOneMailbox = Math.max(mostForOneMailbox, running.merge(mailbox, 1, Integer::sum));
        mostInAll = Math.max(
                mostInAll, running.values().stream().mapToInt(Integer::intValue).sum());
    }

    synchronized void end(String mailbox) {
        running.merge(mailbox, -1, Integer::sum);
    }

    public synchronized int mostForOneMailbox() {
        return mostForOneMailbox;
    }

    public synchronized int mostInAll() {
        return mostInAll;
    }
}
