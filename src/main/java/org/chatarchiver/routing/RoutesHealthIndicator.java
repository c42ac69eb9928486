package org.chatarchiver.routing;

import java.util.List;
import org.chatarchiver.alert.Stranded;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.LedgerReach;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * DEGRADED where a route file is not in force as it is or not the same at all archivers, a route is stopped, or items wait for a connector whose file is gone. Served with
 * HTTP 200, and no part of liveness or readiness: what was good before runs on. DOWN where the ledger cannot be asked.
 */
@Component
class RoutesHealthIndicator extends AbstractHealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final RouteStates states;
    private final StoppedRoutes stopped;
    private final RouteDifferences differences;
    private final Stranded stranded;
    private final LedgerReach ledger;

    RoutesHealthIndicator(
            RouteStates states,
            StoppedRoutes stopped,
            RouteDifferences differences,
            Stranded stranded,
            LedgerReach ledger) {
        super("The ledger cannot be asked for what waits for connectors that do not run");
        this.states = states;
        this.stopped = stopped;
        this.differences = differences;
        this.stranded = stranded;
        this.ledger = ledger;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        LedgerReach.Answer answer = ledger.now();
        if (!answer.isThere()) {
            health.down(answer.trouble());
            return;
        }
        List<String> problems =
                states.problems().stream().map(Problem::toString).toList();
        List<String> waiting = stranded.all().stream().map(Stranded::sentence).toList();
        List<String> still =
                stopped.all().stream().map(StoppedRoutes.Stopped::sentence).toList();
        List<String> differing = differences.all().stream()
                .map(RouteDifferences.Difference::sentence)
                .toList();
        boolean good = problems.isEmpty() && still.isEmpty() && differing.isEmpty() && waiting.isEmpty();
        health.status(good ? Status.UP : DEGRADED)
                .withDetail("problems", problems)
                .withDetail("stopped", still)
                .withDetail("differing", differing)
                .withDetail("stranded", waiting);
    }
}
