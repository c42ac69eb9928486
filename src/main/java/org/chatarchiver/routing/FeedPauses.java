package org.chatarchiver.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.springframework.stereotype.Component;

/**
 * Until when the feed is not asked for a connector's attachments: as long as it says itself, and for some minutes where it refuses the
 * log-in, since repeating that could lock the account. Safe for many threads.
 */
@Component
class FeedPauses {
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    FeedPauses(Clock clock) {
        this.clock = clock;
    }

    /** What is left of the connector's pause; zero without one. */
    Duration left(Connector connector) {
        Instant end = ends.get(connector.id());
        Duration left = end == null ? Duration.ZERO : Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** @throws FeedPausedException while the connector has a pause */
    void check(Connector connector) throws FeedPausedException {
        Duration left = left(connector);
        if (!left.isZero()) {
            throw new FeedPausedException(
                    "the feed is not asked for attachments of " + connector.id() + " for another " + left);
        }
    }

    /** Takes the pause that an answer of the feed asks for. */
    void heed(Connector connector, FeedException error) {
        if (error instanceof FeedUnavailableException later) {
            later.retryAfter().ifPresent(pause -> extend(connector, pause));
        } else if (error instanceof FeedRefusedException) {
            extend(connector, REFUSED);
        }
    }

    private void extend(Connector connector, Duration pause) {
        ends.merge(connector.id(), clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
    }
}
