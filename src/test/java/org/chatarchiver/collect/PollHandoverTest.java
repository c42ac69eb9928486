package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollHandoverTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private final CountDownLatch goOn = new CountDownLatch(1);
    private LedgerOnH2 ledger;
    private DefaultCamelContext camel;
    private Leases leases;
    private PollHandover handover;
    private RunOpenings openings;

    @BeforeEach
    void open() throws Exception {
        ledger = new LedgerOnH2();
        leases = new Leases(ledger.bean(RunLeases.class));
        openings = new RunOpenings(leases, ledger.bean(Watermarks.class));
        camel = new DefaultCamelContext();
        camel.getComponent("direct", DirectComponent.class).setTimeout(100);
        camel.start();
        handover = CollectingFixture.handover(leases, camel.createProducerTemplate());
    }

    @AfterEach
    void close() throws Exception {
        goOn.countDown();
        camel.close();
        ledger.close();
    }

    @Test
    void aPollHoldsUpNobodyAndKeepsItsLeaseForAsLongAsItsRouteIsAtWork() throws Exception {
        route("direct:collect-run", () -> goOn.await());
        CollectionState poll = opened("wechat");

        handover.begin(poll);

        assertThat(leases.keeps(poll.run().id())).isTrue();
        goOn.countDown();
        await().until(() -> !leases.polls(poll.run().id()));
    }

    @Test
    void theRunOfARouteThatEndsWithoutItIsTakenUpAgain() throws Exception {
        route("direct:collect-run", () -> {});
        CollectionState poll = opened("wechat");

        handover.begin(poll);

        await().until(() -> !leases.polls(poll.run().id()));
        assertThat(ledger.bean(Polls.class).takeUp("wechat")).contains(poll.run());
    }

    @Test
    void theRunOfARouteThatFailsOrIsStoppedIsTakenUpAgain() throws Exception {
        route("direct:resume-run", () -> {
            throw new IllegalStateException("broken");
        });
        Run run = opened("wechat").run();
        handover.resume(run);
        await().until(() -> !leases.polls(run.id()));
        assertThat(ledger.bean(Polls.class).takeUp("wechat")).contains(run);
        openings.begin(run);

        camel.getRouteController().stopAllRoutes();
        handover.resume(run);

        await().atMost(Duration.ofMinutes(1)).until(() -> !leases.polls(run.id()));
        assertThat(ledger.bean(Polls.class).takeUp("wechat")).contains(run);
    }

    @Test
    void anotherConnectorsRunStays() throws Exception {
        route("direct:collect-run", () -> {});
        CollectionState wechat = opened("wechat");
        CollectionState whatsapp = opened("whatsapp");

        handover.begin(wechat);

        await().until(() -> !leases.polls(wechat.run().id()));
        assertThat(leases.keeps(whatsapp.run().id())).isTrue();
    }

    @Test
    void theEndOfOnePollDoesNotDisturbTheNextOneWhichHasBegunMeanwhile() throws Exception {
        CollectionState first = opened("wechat");
        AtomicReference<CollectionState> second = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        route("direct:collect-run", () -> {
            if (second.get() == null) {
                leases.giveUp(first.run().id());
                ledger.bean(Polls.class).cancel(first.run().id(), "ada", "");
                Thread other = new Thread(() -> second.set(opened("wechat")));
                other.start();
                other.join();
                handover.begin(second.get());
            } else {
                begun.countDown();
                goOn.await();
            }
        });

        handover.begin(first);

        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        await().during(Duration.ofMillis(200))
                .until(() -> leases.keeps(second.get().run().id()));
    }

    @Test
    void theNextRunOfAPollIsItsOwn() throws Exception {
        CollectionState first = opened("wechat");
        AtomicReference<CollectionState> second = new AtomicReference<>();
        route("direct:collect-run", () -> {
            leases.giveUp(first.run().id());
            ledger.bean(Polls.class).cancel(first.run().id(), "ada", "");
            second.set(opened("wechat"));
        });

        handover.begin(first);

        await().until(() ->
                second.get() != null && !leases.polls(second.get().run().id()));
        assertThat(ledger.bean(Polls.class).takeUp("wechat"))
                .contains(second.get().run());
    }

    private CollectionState opened(String connector) {
        Run run = ledger.bean(Runs.class)
                .open(connector, Run.Cause.SCHEDULE, false, FROM, FROM.plus(Duration.ofDays(1)))
                .orElseThrow();
        return openings.opened(LedgerOnH2.connector(connector), run, new WindowQueue(List.of(), null, 0));
    }

    private interface Work {
        void done() throws Exception;
    }

    private void route(String uri, Work work) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> work.done());
            }
        });
    }
}
