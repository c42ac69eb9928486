package org.chatarchiver.servers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.chatarchiver.servers.GraphExchange.Answer;

/** What {@link GraphStub} is asked to bear: so many requests at a time for a mailbox, and none while it is throttled. */
final class GraphLoad {
    private static final int MOST_PER_MAILBOX = 4;

    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<String, Long> throttledUntil = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration duration = Duration.ZERO;
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> breaches = new CopyOnWriteArrayList<>();

    void throttle(String mailbox, long seconds) {
        throttledUntil.put(mailbox, System.nanoTime() + seconds * 1_000_000_000L);
    }

    void last(Duration time) {
        duration = time;
    }

    void close() {
        closed.countDown();
    }

    void breach(String what) {
        breaches.add(what);
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }

    int mostForOneMailbox() {
        return most.get();
    }

    /** While a request for the mailbox runs. */
    Answer run(String mailbox, Supplier<Answer> work) {
        Long until = throttledUntil.get(mailbox);
        if (until != null && until - System.nanoTime() > 0) {
            breach("a request for " + mailbox + " while it is throttled");
            return Answer.error(429, "ApplicationThrottled", "Application is over its limit.")
                    .retryAfter("1");
        }
        int count = running.computeIfAbsent(mailbox, key -> new AtomicInteger()).incrementAndGet();
        try {
            most.accumulateAndGet(count, Math::max);
            if (count > MOST_PER_MAILBOX) {
                breach(count + " requests at a time for " + mailbox);
                return Answer.error(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
                        .retryAfter("1");
            }
            closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none(503);
        } finally {
            running.get(mailbox).decrementAndGet();
        }
    }
}
