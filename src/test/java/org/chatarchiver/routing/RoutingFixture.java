package org.chatarchiver.routing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.ArchiverRoutes;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.KnownConnectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** What the API asks of route files, on the shipped ones. */
public final class RoutingFixture {
    private static final RoutesProperties PROPERTIES =
            new RoutesProperties(Path.of("routes"), Duration.ofSeconds(5), Set.of());

    private RoutingFixture() {}

    public static RouteStates states(Clock clock) {
        return new RouteStates(new Alarms(), new SimpleMeterRegistry(), clock);
    }

    public static StoppedRoutes stopped(Clock clock) {
        return new StoppedRoutes(new Alarms(), new SimpleMeterRegistry(), clock);
    }

    public static RouteDifferences differences(ArchiverRoutes archivers, RouteStates states) {
        return new RouteDifferences(archivers, states, new Alarms());
    }

    public static RouteChecks checks(ListableBeanFactory beans, Environment settings, LandingProperties landing) {
        return new RouteChecks(judge(beans, settings), landing);
    }

    public static ConnectorEdits edits(
            ListableBeanFactory beans,
            Environment settings,
            LandingProperties landing,
            RouteStates states,
            Connectors connectors,
            KnownConnectors known,
            Archivers archivers,
            AuditNotes audit) {
        return new ConnectorEdits(
                new ConnectorDirectory(PROPERTIES, archivers),
                PROPERTIES,
                landing,
                judge(beans, settings),
                states,
                connectors,
                known,
                audit);
    }

    private static RouteJudge judge(ListableBeanFactory beans, Environment settings) {
        return new RouteJudge(
                new TrialBeans(beans)::type,
                new RouteTrial(beans, settings),
                new ConnectorJudge(Set.of(), id -> Optional.empty()));
    }
}
