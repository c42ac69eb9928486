package org.chatarchiver.routing;

import java.util.List;
import org.chatarchiver.alert.Stranded;
import org.chatarchiver.connector.Problem;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * DEGRADED where a route file is not in force as it is, or items wait for a connector whose file is gone. Served with HTTP 200, and no part
 * of liveness or readiness: what was good before runs on.
 */
@Component
class RoutesHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final RouteStates states;
    private final Stranded stranded;

    RoutesHealthIndicator(RouteStates states, Stranded stranded) {
        this.states = states;
        this.stranded = stranded;
    }

    @Override
    public Health health() {
        List<String> problems =
                states.problems().stream().map(Problem::toString).toList();
        List<String> waiting = stranded.all().stream().map(Stranded::sentence).toList();
        return Health.status(problems.isEmpty() && waiting.isEmpty() ? Status.UP : DEGRADED)
                .withDetail("problems", problems)
                .withDetail("stranded", waiting)
                .build();
    }
}
