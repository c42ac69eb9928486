package org.chatarchiver.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/**
 * Until when the feed is not asked for a connector's attachments: as long as it says itself, and for some minutes where it refuses the
 * account, since repeating that could lock it. What it answers to one attachment alone is a matter of that one: its items wait, and all
 * others are asked for. Safe for many threads.
 */
@Component
public class FeedPauses {
    /** Different attachments forbidden in a row, from which on it is the account that is forbidden. */
    private static final int FORBIDDEN_ACCOUNT = 3;

    private final Duration refused;
    private final Clock clock;
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> forbidden = new ConcurrentHashMap<>();

    FeedPauses(TelemessageProperties feed, Clock clock) {
        this.refused = feed.retry().refused();
        this.clock = clock;
    }

    /** What is left of the connector's pause; zero without one. */
    public Duration left(Connector connector) {
        Instant end = ends.get(connector.id());
        Duration left = end == null ? Duration.ZERO : Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** @throws FeedPausedException while the connector has a pause */
    void check(Connector connector) throws FeedPausedException {
        Duration left = left(connector);
        if (!left.isZero()) {
            throw new FeedPausedException("the feed is not asked for attachments of " + connector.id() + " for another "
                    + (left.toSeconds() + 1) + " s");
        }
    }

    /** Takes the pause that an answer of the feed asks for. */
    void heed(AttachmentRef ref, FeedException error) {
        if (error instanceof FeedUnavailableException later) {
            later.retryAfter().ifPresent(pause -> extend(ref.connector(), pause));
        } else if (error.reason() == Reason.SOURCE_UNAUTHORIZED
                || error.reason() == Reason.SOURCE_FORBIDDEN && isForbidden(ref)) {
            extend(ref.connector(), refused);
        }
    }

    /** The feed has answered a request of the connector: its account is not refused. */
    void served(Connector connector) {
        forbidden.remove(connector.id());
    }

    private boolean isForbidden(AttachmentRef ref) {
        Set<String> hrefs = forbidden.computeIfAbsent(ref.connector().id(), id -> new HashSet<>());
        synchronized (hrefs) {
            hrefs.add(ref.href());
            if (hrefs.size() < FORBIDDEN_ACCOUNT) {
                return false;
            }
            hrefs.clear();
            return true;
        }
    }

    private void extend(Connector connector, Duration pause) {
        ends.merge(connector.id(), clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
    }
}
