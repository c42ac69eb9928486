package org.chatarchiver.collect;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** DEGRADED while the feed's clock is used because it is off ours; nothing is said of it before the feed has told the time. No part of liveness or readiness: a restart mends no clock. */
@Component
class FeedClockHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final FeedClocks clocks;

    FeedClockHealthIndicator(FeedClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public Health health() {
        Duration skew = clocks.skew();
        Health.Builder health = Health.status(skew.isZero() ? Status.UP : DEGRADED);
        return clocks.told()
                ? health.withDetail("skewSeconds", skew.toSeconds()).build()
                : health.build();
    }
}
