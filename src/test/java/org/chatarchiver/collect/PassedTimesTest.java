package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.MovableClock;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scheduled times that nobody has used although an archiver was there. */
class PassedTimesTest {
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", true);
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T02:15:00Z");

    private final MovableClock clock = new MovableClock("2026-11-20T02:16:30Z");
    private final CountDownLatch end = new CountDownLatch(1);
    private final Connectors connectors = new Connectors();
    private LedgerOnH2 ledger;
    private DefaultCamelContext camel;
    private Watermarks watermarks;
    private RunStarts starts;
    private PassedTimes passed;

    @BeforeEach
    void open() throws Exception {
        ledger = new LedgerOnH2(clock);
        watermarks = ledger.bean(Watermarks.class);
        camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:collect-run").process(exchange -> end.await());
                from("direct:schedule").routeId("wechat").to("mock:opened");
            }
        });
        camel.start();
        CollectingFixture.put(connectors, List.of(), WECHAT);
        Leases leases = CollectingFixture.leases(ledger.bean(RunLeases.class));
        starts = CollectingFixture.starts(
                connectors,
                ledger.bean(Runs.class),
                ledger.bean(ConnectorPauses.class),
                watermarks,
                ledger.bean(AskedWindows.class),
                leases,
                camel.createProducerTemplate(),
                clock);
        MissedSchedules missed = new MissedSchedules(
                connectors,
                watermarks,
                ledger.bean(ConnectorPauses.class),
                starts,
                CollectingFixture.handover(leases, camel.createProducerTemplate()),
                clock);
        passed = new PassedTimes(connectors, watermarks, missed, camel, clock);
        remember(WECHAT.schedule());
        watermarks.scheduled("wechat", YESTERDAY);
    }

    @AfterEach
    void close() throws Exception {
        end.countDown();
        camel.close();
        ledger.close();
    }

    @Test
    void aTimeThatNobodyUsesIsMadeUpForOnceWhenItIsLateAndNotBefore() {
        passed.look();
        assertThat(runs()).isEmpty();

        clock.pass(Duration.ofMinutes(1));
        passed.look();
        passed.look();

        assertThat(runs()).extracting(Run::cause).containsExactly(Run.Cause.SCHEDULE);
        assertThat(watermarks.lastScheduled("wechat")).contains(clock.instant());
    }

    @Test
    void aTimeAtWhichARunPolledWasLeftOutAndIsNotMadeUpFor() {
        Run manual = ((Started.Running) starts.start("wechat", true, null, null, "ada")).run();
        clock.pass(Duration.ofMinutes(10));
        passed.look();
        assertThat(watermarks.owed()).isEmpty();

        ledger.bean(Runs.class).landed(manual.id(), null);
        passed.look();
        assertThat(runs()).hasSize(1);

        clock.pass(Duration.ofDays(1));
        passed.look();
        assertThat(runs()).as("the next one").hasSize(2);
    }

    @Test
    void neitherAPausedConnectorNorOneWhoseRouteWasStoppedNorOneThatHasJustBeenEditedIsMadeUpFor() throws Exception {
        clock.pass(Duration.ofDays(1));
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "The feed moves");
        passed.look();
        ledger.bean(ConnectorPauses.class).resume("wechat", "ada");

        camel.getRouteController().stopRoute("wechat");
        passed.look();
        camel.getRouteController().startRoute("wechat");

        remember("0 0 0 1 1 ? 2099");
        passed.look();
        assertThat(runs()).isEmpty();

        remember(WECHAT.schedule());
        passed.look();
        assertThat(runs()).hasSize(1);
    }

    private void remember(String schedule) {
        ledger.bean(KnownConnectors.class)
                .remember(new KnownConnectors.Known("wechat", "WECHAT", schedule, "WeChat Archiver"));
    }

    private List<Run> runs() {
        return ledger.bean(Runs.class).list("wechat", 100, "");
    }
}
