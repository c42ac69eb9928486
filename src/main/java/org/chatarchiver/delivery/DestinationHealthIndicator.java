package org.chatarchiver.delivery;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** DEGRADED while the destination is out. Served with HTTP 200: collecting goes on, and a restart would mend nothing. */
@Component
class DestinationHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final Outages outages;

    DestinationHealthIndicator(Outages outages) {
        this.outages = outages;
    }

    @Override
    public Health health() {
        return outages.current()
                .map(outage -> Health.status(DEGRADED)
                        .withDetail("out since", outage.since().toString())
                        .withDetail("why", outage.why())
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
