package org.chatarchiver.routing;

import java.time.Clock;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.security.DataDirectory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What route files are held against, and where they are kept. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
    @Bean
    RouteJudge routeJudge(
            ListableBeanFactory beans, Environment settings, RoutesProperties properties, KnownConnectors known) {
        return new RouteJudge(
                new TrialBeans(beans)::type,
                new RouteTrial(beans, settings),
                new ConnectorJudge(properties.networks(), id -> known.find(id).map(KnownConnectors.Known::network)));
    }

    @Bean
    LastGoodRoutes lastGoodRoutes(DataDirectory data, Clock clock) {
        return new LastGoodRoutes(data, clock);
    }
}
