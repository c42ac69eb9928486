package org.chatarchiver.broker;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** DEGRADED while the broker cannot be used. Served with HTTP 200: collecting goes on, and a restart would mend nothing. */
final class BrokerHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final BrokerState state;

    BrokerHealthIndicator(BrokerState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        return state.trouble()
                .map(out -> Health.status(DEGRADED)
                        .withDetail("out since", out.since().toString())
                        .withDetail("why", out.why())
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
