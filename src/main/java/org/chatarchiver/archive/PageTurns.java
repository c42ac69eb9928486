package org.chatarchiver.archive;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.springframework.stereotype.Component;

/**
 * Ends the work on a page between two chunks, so that it goes on later: where a route that it is in is stopped, being a step of that and
 * told of it by Camel, or where its connector is no longer the one that runs. A page of a hundred thousand messages would hold up either
 * for minutes.
 */
@Component("pageTurns")
public class PageTurns extends ServiceSupport implements Processor, ShutdownPrepared {
    private final Connectors connectors;
    private final AtomicInteger stops = new AtomicInteger();

    PageTurns(Connectors connectors) {
        this.connectors = connectors;
    }

    /** What holds for a page that is begun now. */
    int stops() {
        return stops.get();
    }

    /** @param before the stops before the page was begun */
    void check(int before, PageWork work) {
        Connector connector = work.connector();
        if (stops.get() != before
                || connectors.find(connector.id()).filter(connector::worksLike).isEmpty()) {
            throw PageWaitsException.told("Page " + work.page().reference()
                    + " is put back, since a route that it is in, or its connector, is changed or stopped");
        }
    }

    /** Whatever is in work is put back behind its chunk. */
    public void giveWay() {
        stops.incrementAndGet();
    }

    @Override
    public void process(Exchange exchange) {}

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        giveWay();
    }
}
