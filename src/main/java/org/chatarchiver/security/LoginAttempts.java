package org.chatarchiver.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failed log-ins within a minute, for a user name at an address (10) and for an address whatever the name (100),
 * so that passwords cannot be guessed quickly and the hashing of wrong ones cannot take the processor away. Remembers
 * the 10,000 counts last touched. Nobody at another address is locked out by it. Requests that are being checked at the
 * same time may pass the limits by their number. Safe for many threads.
 */
final class LoginAttempts {
    static final int PER_USER_AND_ADDRESS = 10;
    static final int PER_ADDRESS = 100;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoginAttempts.class);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 64;

    private final LongSupplier nanoTime;
    private final Map<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginAttempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long log-ins are refused from now on; zero when they are not. */
    synchronized Duration refusedFor(String user, String address) {
        Duration byName = refusedFor(new Key(nameOf(user), address), PER_USER_AND_ADDRESS);
        Duration byAddress = refusedFor(new Key("", address), PER_ADDRESS);
        return byName.compareTo(byAddress) > 0 ? byName : byAddress;
    }

    synchronized void failed(String user, String address) {
        count(new Key(nameOf(user), address), PER_USER_AND_ADDRESS);
        count(new Key("", address), PER_ADDRESS);
    }

    /** Forgets the user's failures; the address's stay, or one account would be the means to guess at the others. */
    synchronized void succeeded(String user, String address) {
        counts.remove(new Key(nameOf(user), address));
    }

    private Duration refusedFor(Key key, int limit) {
        Count count = counts.get(key);
        if (count == null || count.failures < limit) {
            return Duration.ZERO;
        }
        long left = WINDOW.toNanos() - (nanoTime.getAsLong() - count.since);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    private void count(Key key, int limit) {
        long now = nanoTime.getAsLong();
        Count count = counts.get(key);
        if (count == null || now - count.since >= WINDOW.toNanos()) {
            count = new Count(now);
            counts.put(key, count);
        }
        count.failures++;
        if (count.failures == limit) {
            LOG.warn(
                    "{} failed log-ins within a minute from {} (user '{}'): refused for the rest of it",
                    limit,
                    Printable.of(key.address),
                    Printable.of(key.user));
        }
    }

    /** In small letters, as Spring's user store does not tell them from capitals. */
    private static String nameOf(String user) {
        String cut = user.length() <= LONGEST_NAME ? user : user.substring(0, LONGEST_NAME);
        return cut.toLowerCase(Locale.ROOT);
    }

    private record Key(String user, String address) {}

    private static final class Count {
        private final long since;
        private int failures;

        private Count(long since) {
            this.since = since;
        }
    }
}
