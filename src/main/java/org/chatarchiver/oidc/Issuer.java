package org.chatarchiver.oidc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.LogInRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * One issuer as it says of itself, asked at the first log-in and again by the hour: a start neither waits for it nor fails by it. One that
 * does not answer is left alone for some seconds. Safe for many threads.
 */
final class Issuer {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final int MOST_WAITING = 8;

    private final String title;
    private final Discovery discovery;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known;
    private volatile Failure failure;

    /** @param nanoTime as {@link System#nanoTime()} */
    Issuer(String title, Discovery discovery, LongSupplier nanoTime) {
        this.title = title;
        this.discovery = discovery;
        this.nanoTime = nanoTime;
    }

    /** Where it is asked, and what its tokens are held against. */
    record Registered(ClientRegistration registration, JwtDecoder tokens) {}

    private record Known(Registered registered, long since) {}

    private record Failure(Exception why, long since) {}

    String title() {
        return title;
    }

    /** @throws LogInRefusedException where it cannot be asked, or says what cannot be used */
    Registered registered() {
        Known now = known;
        return isOf(now == null ? null : now.since(), KEPT) ? now.registered() : ask();
    }

    private Registered ask() {
        if (!locked()) {
            throw unreachable(title, null);
        }
        try {
            Known now = known;
            if (isOf(now == null ? null : now.since(), KEPT)) {
                return now.registered();
            }
            Failure before = failure;
            if (isOf(before == null ? null : before.since(), LEFT_ALONE)) {
                return formerOr(now, before.why());
            }
            try {
                Registered registered = discovery.ask();
                known = new Known(registered, nanoTime.getAsLong());
                return registered;
            } catch (Discovery.UnusableException | RuntimeException e) {
                failure = new Failure(e, nanoTime.getAsLong());
                LOG.warn("The issuer of {} cannot be used: {}", Printable.of(title), Printable.of(Refusals.words(e)));
                return formerOr(now, e);
            }
        } finally {
            asking.unlock();
        }
    }

    private Registered formerOr(Known former, Exception why) {
        if (former != null) {
            return former.registered();
        }
        throw unreachable(title, why);
    }

    static LogInRefusedException unreachable(String title, Exception why) {
        return new LogInRefusedException(
                HttpStatus.BAD_GATEWAY,
                "At present nobody can log in with " + Printable.of(title)
                        + ": it cannot be reached, or its answer cannot be used. The archiver's log says which. Try again in a"
                        + " minute, or log in by user name and password.",
                why);
    }

    private boolean isOf(Long since, Duration last) {
        return since != null && nanoTime.getAsLong() - since < last.toNanos();
    }

    /** Few wait for one that asks: whoever has many log-ins begin keeps the server from nobody. */
    private boolean locked() {
        try {
            return asking.getQueueLength() < MOST_WAITING && asking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
