package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.alert.Stranded;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.ArchiverRoutes;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.LedgerReach;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;

class RoutesHealthIndicatorTest {
    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final StoppedRoutes stopped = RoutingFixture.stopped(ledger.clock());
    private final RouteStates states = RoutingFixture.states(ledger.clock());
    private final RoutesHealthIndicator indicator = new RoutesHealthIndicator(
            states,
            stopped,
            RoutingFixture.differences(ledger.bean(ArchiverRoutes.class), states),
            stranded(),
            ledger.bean(LedgerReach.class));

    private Stranded stranded() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("known", ledger.bean(KnownConnectors.class));
        beans.registerSingleton("connectors", new Connectors());
        beans.registerSingleton("clock", ledger.clock());
        return (Stranded) beans.autowire(Stranded.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aRunInTheAirOfAConnectorThatIsGoneIsTold() {
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        ledger.clock().pass(Duration.ofMinutes(1));
        ledger.bean(Runs.class)
                .open(
                        "wechat",
                        Run.Cause.SCHEDULE,
                        false,
                        ledger.clock().instant().minusSeconds(60),
                        ledger.clock().instant());

        assertThat(indicator.health().getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(indicator.health().getDetails().toString())
                .contains("wechat does not run", "and 1 of its runs are not collected");
    }

    @Test
    void aRouteThatIsStoppedIsToldWithTheTimeSinceWhenUntilItRuns() {
        String first = ledger.clock().instant().toString();
        stopped.are(Map.of("deliver-batch", ServiceStatus.Suspended));
        assertThat(indicator.health().getStatus()).as("in passing").isEqualTo(Status.UP);
        ledger.clock().pass(Duration.ofMinutes(1));
        stopped.are(Map.of("deliver-batch", ServiceStatus.Stopped));

        assertThat(indicator.health().getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(indicator.health().getDetails().toString())
                .contains("the route 'deliver-batch' is Stopped", "since " + first, "start it in Hawtio");

        stopped.are(Map.of());
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aLedgerThatIsDownIsToldAndNoError() {
        ledger.bean(JdbcTemplate.class).execute("shutdown");

        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(indicator.health().getDetails()).containsKey("error");
    }
}
