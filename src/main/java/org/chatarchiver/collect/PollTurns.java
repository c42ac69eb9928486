package org.chatarchiver.collect;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.observation.WorkFields;
import org.springframework.stereotype.Component;

/**
 * Ends a poll between two pages where its connector is paused or changed, or its route stopped or suspended. A step of the route's loop,
 * since Camel tells its steps of a stop, and the loop asks it; Camel's own {@code breakOnShutdown} is never taken back, so that the loop of
 * a route that is started again would end at once. A stop counts for the polls that were at work then. A poll whose connector is changed
 * goes on under the new one.
 */
@Component("pollTurns")
public class PollTurns extends ServiceSupport implements Processor, ShutdownPrepared {
    private static final String STOPS_BEFORE = "pollTurns.stopsBefore";

    private final Leases leases;
    private final Connectors connectors;
    private final AtomicInteger stops = new AtomicInteger();

    PollTurns(Leases leases, Connectors connectors) {
        this.leases = leases;
        this.connectors = connectors;
    }

    /** Whether there is another page to be asked for. */
    public boolean goesOn(@Body CollectionState poll, Exchange exchange) {
        int now = stops.get();
        Integer before = exchange.getProperty(STOPS_BEFORE, Integer.class);
        if (before == null) {
            exchange.setProperty(STOPS_BEFORE, now);
        }
        WorkFields.begin(poll.connector().id(), poll.run().id(), poll.page());
        return poll.open()
                && (before == null || before == now)
                && !leases.givesWay(poll.run().id())
                && isInForce(poll.connector());
    }

    private boolean isInForce(Connector connector) {
        return connectors.find(connector.id()).filter(connector::worksLike).isPresent();
    }

    /**
     * Has every poll end between two pages, to go on when its run is taken up again; one that takes longer for its page is told to stop.
     *
     * @param most how long is waited for that
     */
    public void giveWay(Duration most) {
        stops.incrementAndGet();
        if (!leases.rest(most)) {
            leases.stopAll();
            leases.rest(most.dividedBy(4));
        }
    }

    @Override
    public void process(Exchange exchange) {}

    /** @param forced where whoever stops the route waits no longer: for a page on its way, or for the end of a pause */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        stops.incrementAndGet();
        if (forced) {
            leases.stopAll();
        }
    }
}
