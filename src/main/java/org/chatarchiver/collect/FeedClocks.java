package org.chatarchiver.collect;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.telemessage.FeedClock;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whose clock tells where a window ends: the feed's, as its last answer had it, where it is off ours by more than the settling time; else
 * ours. Shown as the gauge {@code archiver.feed.clock.skew} (seconds by which the feed's clock is ahead of ours) and in health, logged
 * and told to the operators by {@link Alarms}. Safe for many threads.
 */
@Component
public class FeedClocks {
    private static final Logger LOG = LoggerFactory.getLogger(FeedClocks.class);

    private static final String FEED = "feed";

    private final Duration settle;
    private final Clock clock;
    private final Alarms alarms;
    private final MeterRegistry metrics;
    private FeedClock last; // null until the feed has told the time

    FeedClocks(TelemessageProperties feed, Clock clock, MeterRegistry metrics, Alarms alarms) {
        this.settle = feed.settle();
        this.clock = clock;
        this.alarms = alarms;
        this.metrics = metrics;
    }

    /**
     * Takes in what an answer of the feed says of the time.
     *
     * @param date its {@code Date} header; null leaves things as they were
     */
    void observe(String date) {
        if (date == null) {
            return;
        }
        FeedClock found = FeedClock.choose(clock.instant(), date, settle);
        FeedClock before = change(found);
        if (before == null) {
            show();
        }
        if (found.deviates() == (before != null && before.deviates())) {
            return;
        }
        if (found.deviates()) {
            LOG.warn(
                    "FEED_CLOCK_DEVIATES: the feed's clock is {} off this machine's (positive: ahead), more than"
                            + " archiver.telemessage.settle; windows end by the feed's clock. Check the time service of this machine",
                    found.deviation());
            alarms.raise(
                    AlertCause.FEED_CLOCK,
                    FEED,
                    "The feed's clock is " + found.deviation() + " off this machine's; windows end by the feed's.");
        } else {
            LOG.info("FEED_CLOCK_AGREES: the feed's clock is no more than {} off this machine's again", settle);
            alarms.clear(AlertCause.FEED_CLOCK, FEED);
        }
    }

    /** Once the feed has told the time: before that, zero would be a claim. */
    private void show() {
        Gauge.builder(
                        "archiver.feed.clock.skew",
                        this,
                        clocks -> clocks.last()
                                        .map(FeedClock::deviation)
                                        .orElseThrow()
                                        .toMillis()
                                / 1000.0)
                .description("How far the feed's clock is ahead of ours, as of its last answer")
                .baseUnit("seconds")
                .register(metrics);
    }

    private synchronized FeedClock change(FeedClock found) {
        FeedClock before = last;
        last = found;
        return before;
    }

    /** What the feed has told; empty until it has. */
    private synchronized Optional<FeedClock> last() {
        return Optional.ofNullable(last);
    }

    /** Whether the feed has told the time since the start. */
    boolean told() {
        return last().isPresent();
    }

    /** By how much the feed's clock, where it is used, is ahead of ours; zero where ours is used. */
    public Duration skew() {
        return last().filter(FeedClock::deviates).map(FeedClock::deviation).orElse(Duration.ZERO);
    }

    /** The time by the clock that is used. */
    Instant now() {
        return clock.instant().plus(skew());
    }

    /** Whether windows chosen under that skew end where they should not, by the clock that is used now. */
    boolean contradict(Duration skew) {
        return skew != null && skew().minus(skew).abs().compareTo(settle.plus(FeedClock.RESOLUTION)) > 0;
    }
}
