package org.chatarchiver.servers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the sessions that mailboxes have at a server, over several proxies before it: from the log-in to the end of the connection. Safe
 * for many threads.
 */
public final class MailSessions {
    /** In which the end of one connection is noticed before another log-in counts. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String PLAIN = " AUTHENTICATE PLAIN ";

    private final int limit;
    private final Map<FaultyProxy.Line, String> open = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private int most;
    private int all;

    /** @param limit of sessions of one mailbox at a time */
    public MailSessions(int limit) {
        this.limit = limit;
    }

    /** A log-in whose response comes along (RFC 4959). */
    void heard(FaultyProxy.Line line, String command) {
        int response = command.indexOf(PLAIN);
        if (response >= 0) {
            byte[] plain = Base64.getDecoder()
                    .decode(command.substring(response + PLAIN.length()).strip());
            String identities = new String(plain, StandardCharsets.UTF_8);
            begun(line, identities.substring(0, identities.indexOf(0)));
        }
    }

    private synchronized void begun(FaultyProxy.Line line, String mailbox) {
        long end = System.nanoTime() + GRACE_NANOS;
        try {
            for (long left = GRACE_NANOS; count(mailbox) >= limit && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.put(line, mailbox);
        all++;
        int count = count(mailbox);
        most = Math.max(most, count);
        if (count > limit) {
            breaches.add(mailbox + " has " + count + " sessions");
        }
    }

    private int count(String mailbox) {
        return (int) open.values().stream().filter(mailbox::equals).count();
    }

    synchronized void ended(FaultyProxy.Line line) {
        open.remove(line);
        notifyAll();
    }

    /** Those that go by this proxy now count no more: whoever has them is stopped, and cannot use them. */
    public synchronized void leaveOut(FaultyProxy proxy) {
        open.keySet().removeIf(line -> line.isOf(proxy));
    }

    /** Mailboxes that had more than the limit, and how many. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Most sessions of one mailbox at a time. */
    public synchronized int most() {
        return most;
    }

    /** Log-ins so far. */
    public synchronized int all() {
        return all;
    }
}
