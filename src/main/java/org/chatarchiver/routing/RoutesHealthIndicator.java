package org.chatarchiver.routing;

import java.util.List;
import org.chatarchiver.alert.Stranded;
import org.chatarchiver.connector.Problem;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * DEGRADED where a route file is not in force as it is, a route is stopped, or items wait for a connector whose file is gone. Served with
 * HTTP 200, and no part of liveness or readiness: what was good before runs on. DOWN where the ledger cannot be asked.
 */
@Component
class RoutesHealthIndicator extends AbstractHealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final RouteStates states;
    private final StoppedRoutes stopped;
    private final Stranded stranded;

    RoutesHealthIndicator(RouteStates states, StoppedRoutes stopped, Stranded stranded) {
        super("The ledger cannot be asked for what waits for connectors that do not run");
        this.states = states;
        this.stopped = stopped;
        this.stranded = stranded;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> problems =
                states.problems().stream().map(Problem::toString).toList();
        List<String> waiting = stranded.all().stream().map(Stranded::sentence).toList();
        List<String> still =
                stopped.all().stream().map(StoppedRoutes.Stopped::sentence).toList();
        health.status(problems.isEmpty() && still.isEmpty() && waiting.isEmpty() ? Status.UP : DEGRADED)
                .withDetail("problems", problems)
                .withDetail("stopped", still)
                .withDetail("stranded", waiting);
    }
}
