package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Status;

class FeedClocksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:15:00Z");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Alarms alarms = new Alarms();
    private final FeedClocks clocks =
            new FeedClocks(CollectingFixture.feed(), Clock.fixed(NOW, ZoneOffset.UTC), metrics, alarms);

    @Test
    void ourClockCountsUntilTheFeedsIsSeenToBeOff() {
        assertThat(clocks.now()).isEqualTo(NOW);
        assertThat(metrics.getMeters()).as("nobody knows yet").isEmpty();
        clocks.observe(null);
        assertThat(metrics.getMeters()).isEmpty();
        assertThat(new FeedClockHealthIndicator(clocks).health().getDetails()).isEmpty();
        clocks.observe("Fri, 20 Nov 2026 02:19:00 GMT");
        assertThat(clocks.skew()).isZero();
        assertThat(gauge()).as("shown all the same").isEqualTo(240);
        assertThat(alarms.of(AlertCause.FEED_CLOCK)).isEmpty();
        assertThat(new FeedClockHealthIndicator(clocks).health().getDetails()).containsEntry("skewSeconds", 0L);
    }

    @Test
    void itsGaugeIsRegisteredOnceAndNotComplainedOf() {
        // It complains once in the life of a JVM, and later for who wants to know everything.
        Logger logger = (Logger) LoggerFactory.getLogger(MeterRegistry.class);
        ListAppender<ILoggingEvent> complaints = new ListAppender<>();
        complaints.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(complaints);
        clocks.observe("Fri, 20 Nov 2026 02:19:00 GMT");
        clocks.observe("Fri, 20 Nov 2026 02:18:00 GMT");
        assertThat(gauge()).isEqualTo(180);
        logger.detachAppender(complaints);
        logger.setLevel(before);
        assertThat(complaints.list).isEmpty();
    }

    @Test
    void aDeviationIsUsedAndToldUntilItIsOver() {
        clocks.observe("Fri, 20 Nov 2026 01:15:00 GMT");
        clocks.observe("Fri, 20 Nov 2026 01:15:01 GMT");
        clocks.observe(null);
        assertThat(clocks.now()).isEqualTo(NOW.minusSeconds(3599));
        assertThat(gauge()).isEqualTo(-3599);
        assertThat(alarms.of(AlertCause.FEED_CLOCK)).hasSize(1);
        assertThat(new FeedClockHealthIndicator(clocks).health().getStatus()).isEqualTo(new Status("DEGRADED"));
        clocks.observe("Fri, 20 Nov 2026 02:15:00 GMT");
        assertThat(clocks.now()).isEqualTo(NOW);
        assertThat(new FeedClockHealthIndicator(clocks).health().getStatus()).isEqualTo(Status.UP);
        assertThat(alarms.of(AlertCause.FEED_CLOCK)).isEmpty();
    }

    @Test
    void windowsAreContradictedOnlyByMoreThanTheSettlingTime() {
        clocks.observe("Fri, 20 Nov 2026 01:15:00 GMT");
        assertThat(clocks.contradict(Duration.ZERO)).isTrue();
        assertThat(clocks.contradict(Duration.ofMinutes(-56))).isFalse();
        assertThat(clocks.contradict(null)).as("held to no clock").isFalse();
    }

    private double gauge() {
        return metrics.get("archiver.feed.clock.skew").gauge().value();
    }
}
