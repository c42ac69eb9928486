package org.chatarchiver.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failed log-ins within a minute, so that passwords cannot be guessed quickly and the hashing of wrong ones cannot take the
 * processor away. After 10 for a user name at an address, the name is refused there. After 100 for an address, names that have failed
 * there are refused and the others are checked one at a time: who guesses at one name locks nobody else out. An address is, of IPv6, the
 * network of 64 bits that one subscriber has. What is being checked counts as failed until it is known, so that requests in parallel get
 * no further. Remembers the 10,000 counts last touched. Safe for many threads.
 */
final class LoginAttempts {
    static final int PER_USER_AND_ADDRESS = 10;
    static final int PER_ADDRESS = 100;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoginAttempts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 64;
    private static final int NETWORK_BYTES = 8;

    /** As some proxies write whom they forward. */
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):\\d+");

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

    /** A password that may be checked now. Exactly one of its methods is called in the end. */
    final class Attempt {
        private final Key name;
        private final Key address;

        private Attempt(Key name, Key address) {
            this.name = name;
            this.address = address;
            count(name).checking++;
            count(address).checking++;
        }

        /** Forgets the user's failures; the address's stay, or one account would be the means to guess at the others. */
        void succeeded() {
            end(0);
            synchronized (LoginAttempts.this) {
                count(name).failures = 0;
            }
        }

        void failed() {
            end(1);
        }

        /** It could not be checked. */
        void abandoned() {
            end(0);
        }

        private void end(int failures) {
            synchronized (LoginAttempts.this) {
                end(name, failures, PER_USER_AND_ADDRESS);
                end(address, failures, PER_ADDRESS);
                LoginAttempts.this.notifyAll();
            }
        }

        private void end(Key key, int failures, int limit) {
            Count count = count(key);
            count.checking = Math.max(0, count.checking - 1);
            count.failures += failures;
            if (failures > 0 && count.failures == limit) {
                LOG.warn(
                        "{} failed log-ins within a minute from {} (user '{}'): refused for the rest of it",
                        limit,
                        Printable.of(key.address),
                        Printable.of(key.user));
            }
        }
    }

    /**
     * Waits while so many passwords are being checked that, if they are wrong, this one is refused.
     *
     * @throws TooManyAttemptsException where it is refused without a look at the password
     */
    synchronized Attempt begin(String user, String address) {
        Key name = new Key(nameOf(user), networkOf(address));
        Key network = new Key("", name.address);
        long patience = nanoTime.getAsLong() + PATIENCE.toNanos();
        while (!mayBegin(count(name), count(network))) {
            Duration refused = refusedFor(count(name), count(network));
            if (!refused.isZero()) {
                throw new TooManyAttemptsException(refused);
            }
            long left = Duration.ofNanos(patience - nanoTime.getAsLong()).toMillis();
            if (left <= 0 || !awaited(left)) {
                throw new TooManyAttemptsException(Duration.ofSeconds(1));
            }
        }
        return new Attempt(name, network);
    }

    private static boolean mayBegin(Count name, Count network) {
        boolean crowded = network.failures + network.checking >= PER_ADDRESS;
        return name.failures + name.checking < PER_USER_AND_ADDRESS
                && (!crowded || (network.checking == 0 && name.failures == 0));
    }

    private Duration refusedFor(Count name, Count network) {
        boolean byName = name.failures >= PER_USER_AND_ADDRESS;
        boolean byNetwork = network.failures >= PER_ADDRESS && name.failures > 0;
        long left = Math.max(byName ? left(name) : 0, byNetwork ? left(network) : 0);
        return Duration.ofNanos(left);
    }

    private long left(Count count) {
        return WINDOW.toNanos() - (nanoTime.getAsLong() - count.since);
    }

    private boolean awaited(long millis) {
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Begins anew where its minute is over; what is being checked goes over into the next. */
    private Count count(Key key) {
        Count count = counts.computeIfAbsent(key, none -> new Count(nanoTime.getAsLong()));
        if (left(count) <= 0) {
            count.since = nanoTime.getAsLong();
            count.failures = 0;
        }
        return count;
    }

    /** In small letters, as Spring's user store does not tell them from capitals. */
    private static String nameOf(String user) {
        String cut = user.length() <= LONGEST_NAME ? user : user.substring(0, LONGEST_NAME);
        return cut.toLowerCase(Locale.ROOT);
    }

    private static String networkOf(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        Matcher withPort = IPV4_WITH_PORT.matcher(address);
        if (withPort.matches()) {
            return withPort.group(1);
        }
        try {
            // Digits and colons only: nothing is asked of a name server.
            byte[] bytes = InetAddress.getByName(address.replaceAll("%.*|[^0-9a-fA-F:.]", ""))
                    .getAddress();
            return HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private record Key(String user, String address) {}

    private static final class Count {
        private long since;
        private int failures;
        private int checking;

        private Count(long since) {
            this.since = since;
        }
    }
}
