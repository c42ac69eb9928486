package org.chatarchiver.collect;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.stereotype.Component;

/**
 * Ends a poll between two pages where its route is stopped. A step of the route's loop, since Camel tells its steps of a stop, and the loop
 * asks it; Camel's own {@code breakOnShutdown} is never taken back, so that the loop of a route that is started again would end at once.
 */
@Component("pollTurns")
public class PollTurns extends ServiceSupport implements Processor, ShutdownPrepared {
    private final Leases leases;
    private volatile boolean stopping;

    PollTurns(Leases leases) {
        this.leases = leases;
    }

    /** Whether there is another page to be asked for. */
    public boolean goesOn(@Body CollectionState poll) {
        return poll.open() && !stopping;
    }

    @Override
    public void process(Exchange exchange) {}

    @Override
    protected void doStart() {
        stopping = false;
    }

    /** @param forced where whoever stops the route waits no longer: for a page on its way, or for the end of a pause */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        stopping = true;
        if (forced) {
            leases.stopAll();
        }
    }
}
