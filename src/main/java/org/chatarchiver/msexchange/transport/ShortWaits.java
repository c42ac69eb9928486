package org.chatarchiver.msexchange.transport;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sits out the short waits that a server asks for within the call: a second is not worth the way through a ledger. Whoever waits holds
 * neither a connection nor a turn. A call waits five seconds at most, and a mailbox that has filed nothing since it was waited for is not
 * waited for again, so that one in lasting trouble holds up nobody. Safe for many threads.
 */
public final class ShortWaits {
    private static final Duration MOST = Duration.ofSeconds(5);

    private final Duration most;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Long> waitedUntil = new ConcurrentHashMap<>();

    public ShortWaits() {
        this(MOST);
    }

    /** @param most that one call waits in all */
    public ShortWaits(Duration most) {
        this.most = most;
    }

    public Call call(String mailbox) {
        return new Call(mailbox.toLowerCase(Locale.ROOT));
    }

    /** The waits and new connections of one call for one mailbox. For one thread. */
    public final class Call {
        private final String mailbox;
        private Duration left = most;
        private int filed;
        private boolean lost;

        private Call(String mailbox) {
            this.mailbox = mailbox;
        }

        /**
         * Whether the call goes on after an error, once it has waited.
         *
         * @param filedByNow how many e-mails it has filed
         */
        public boolean goesOn(TransportError error, int filedByNow) {
            progress(filedByNow);
            if (error.lostConnection()) {
                boolean first = !lost;
                lost = true;
                return first && closed.getCount() > 0;
            }
            return error.asked() && error.delay().compareTo(left) <= 0 && sitsOut(error.delay());
        }

        /** It has ended. */
        public void progress(int filedByNow) {
            if (filedByNow > filed) {
                filed = filedByNow;
                lost = false;
                waitedUntil.remove(mailbox);
            }
        }

        private boolean sitsOut(Duration delay) {
            long now = System.nanoTime();
            Long before = waitedUntil.get(mailbox);
            if (before != null && before - now <= 0) {
                return false;
            }
            waitedUntil.merge(mailbox, now + delay.toNanos(), (one, other) -> one - other > 0 ? one : other);
            left = left.minus(delay);
            try {
                return !closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Whoever waits gives up. */
    public void close() {
        closed.countDown();
    }
}
