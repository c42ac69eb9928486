package org.chatarchiver.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mailboxes that met an outage which came back before anything was delivered, as where a few that stand first may be read and not written:
 * once it is over again they are left alone for a moment, so that those behind them get their turn. Safe for many threads.
 */
final class PutAside {
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Clock clock;
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private volatile boolean cameBack;
    private volatile Instant until = Instant.MIN;

    PutAside(Clock clock) {
        this.clock = clock;
    }

    void met(String mailbox) {
        met.add(key(mailbox));
    }

    /** @param again whether nothing was delivered since the outage before */
    void begun(boolean again) {
        cameBack = again;
    }

    void ended() {
        if (cameBack) {
            until = clock.instant().plus(MOMENT);
        }
    }

    /** Whatever they met was their own trouble, or it is over. */
    void delivered() {
        if (!met.isEmpty()) {
            met.clear();
        }
    }

    Optional<Instant> until(String mailbox) {
        Instant end = until;
        return end.isAfter(clock.instant()) && met.contains(key(mailbox)) ? Optional.of(end) : Optional.empty();
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
