package org.chatarchiver.collect;

import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.connector.Problem;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * DEGRADED where a connector file was left out, or a connector lacks its password or a usable mapping file. Served with HTTP 200, and no
 * part of liveness or readiness: the other connectors run on, and a restart would mend nothing.
 */
@Component
class ConnectorsHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final Connectors connectors;
    private final FeedLogins logins;
    private final MappingSources mappings;

    ConnectorsHealthIndicator(Connectors connectors, FeedLogins logins, MappingSources mappings) {
        this.connectors = connectors;
        this.logins = logins;
        this.mappings = mappings;
    }

    @Override
    public Health health() {
        List<String> leftOut =
                connectors.problems().stream().map(Problem::toString).toList();
        List<String> problems = connectors.all().stream()
                .flatMap(connector ->
                        Stream.concat(logins.problem(connector).stream(), mappings.problem(connector).stream()))
                .toList();
        return Health.status(leftOut.isEmpty() && problems.isEmpty() ? Status.UP : DEGRADED)
                .withDetail(
                        "running", connectors.all().stream().map(Connector::id).toList())
                .withDetail("leftOut", leftOut)
                .withDetail("problems", problems)
                .build();
    }
}
