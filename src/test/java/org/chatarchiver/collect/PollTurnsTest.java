package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollTurnsTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private final Semaphore turns = new Semaphore(0);
    private final Semaphore turned = new Semaphore(0);
    private LedgerOnH2 ledger;
    private final Connectors connectors = new Connectors();
    private Leases leases;
    private DefaultCamelContext camel;
    private CollectionState poll;

    @BeforeEach
    void open() throws Exception {
        ledger = new LedgerOnH2();
        leases = new Leases(ledger.bean(RunLeases.class));
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, FROM, FROM.plus(Duration.ofDays(1)))
                .orElseThrow();
        leases.hold(run);
        Connector wechat = LedgerOnH2.connector("wechat");
        connectors.replace(Map.of("wechat", wechat), List.of());
        poll = CollectionState.start(wechat, run, new WindowQueue(List.of(), null, 0));
        PollTurns pollTurns = new PollTurns(leases, connectors);
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("pollTurns", pollTurns);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:collect-run")
                        .routeId("collect-run")
                        .loopDoWhile(method("pollTurns", "goesOn"))
                        .process(pollTurns)
                        .process(exchange -> {
                            turned.release();
                            turns.acquire();
                        })
                        .end();
            }
        });
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        turns.release(1_000_000);
        camel.close();
        ledger.close();
    }

    @Test
    void aStopEndsAPollBetweenTwoPagesAndWhatIsBegunAfterwardsGoesOn() throws Exception {
        CompletableFuture<Object> first = begun();
        CompletableFuture<Void> stop = aside(() -> camel.getRouteController().stopRoute("collect-run"));
        endsBehindThisPage(first);
        stop.get(1, TimeUnit.MINUTES);

        camel.getRouteController().startRoute("collect-run");
        goesOn(begun());
    }

    @Test
    void soDoesASuspension() throws Exception {
        CompletableFuture<Object> first = begun();
        CompletableFuture<Void> stop = aside(() -> camel.getRouteController().suspendRoute("collect-run"));
        endsBehindThisPage(first);
        stop.get(1, TimeUnit.MINUTES);

        camel.getRouteController().resumeRoute("collect-run");
        goesOn(begun());
    }

    @Test
    void whoWaitsNoLongerForAPauseToEndHasItCutShort() throws Exception {
        begun();
        assertThat(leases.goesOn(poll.run().id())).isTrue();

        camel.getRouteController().stopRoute("collect-run", 100, TimeUnit.MILLISECONDS);

        assertThat(leases.sit(poll.run().id(), Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void aPauseOfItsConnectorEndsAPollBehindThePageAtHand() throws Exception {
        CompletableFuture<Object> first = begun();
        ledger.bean(ConnectorPauses.class).pause("whatsapp", "ada", "Another one");
        turns.release();
        assertThat(turned.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "Why not");
        assertThat(leases.goesOn(poll.run().id()))
                .as("the page is not broken off")
                .isTrue();

        turns.release(10);
        first.get(1, TimeUnit.MINUTES);

        assertThat(turned.tryAcquire()).isFalse();
        assertThat(leases.keeps(poll.run().id()))
                .as("the lease is given back behind the route, like that of any poll")
                .isTrue();
    }

    @Test
    void aPollThatWaitsForTheFeedIsWokenByAPauseWhoeverHasWishedIt() throws Exception {
        CompletableFuture<Boolean> waited = CompletableFuture.supplyAsync(() -> {
            try {
                return leases.sit(poll.run().id(), Duration.ofMinutes(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        leases.renew();
        assertThat(waited).isNotDone();
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "Why not");

        leases.renew();

        assertThat(waited.get(1, TimeUnit.MINUTES)).isFalse();
        assertThat(leases.keeps(poll.run().id())).isTrue();
    }

    private CompletableFuture<Object> begun() throws InterruptedException {
        CompletableFuture<Object> route = camel.createProducerTemplate().asyncRequestBody("direct:collect-run", poll);
        assertThat(turned.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        return route;
    }

    private void goesOn(CompletableFuture<Object> route) throws InterruptedException {
        turns.release(3);
        assertThat(turned.tryAcquire(3, 1, TimeUnit.MINUTES)).isTrue();
        assertThat(route).isNotDone();
    }

    /** Whether the route has been told to stop by then cannot be seen from here; it goes on with turns until it has. */
    private void endsBehindThisPage(CompletableFuture<Object> route) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            turns.release();
            return route.isDone();
        });
        turns.drainPermits();
        turned.drainPermits();
    }

    private interface Stop {
        void done() throws Exception;
    }

    private static CompletableFuture<Void> aside(Stop stop) {
        return CompletableFuture.runAsync(() -> {
            try {
                stop.done();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
