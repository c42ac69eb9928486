package org.chatarchiver.delivery;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.stereotype.Component;

/**
 * A route policy: while the destination is out, the route takes nothing from its queue. What it has in work ends as it can. Only the
 * consumer is suspended, since suspending the route would wait for the very page that has met the outage.
 */
@Component("outagePause")
public class OutagePause extends RoutePolicySupport {
    private final Outages outages;
    private final Set<Route> paused = ConcurrentHashMap.newKeySet();

    OutagePause(Outages outages) {
        this.outages = outages;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (outages.isOngoing()) {
            pause(route);
        }
    }

    /** Not at the same time as {@link #goOn}: a route that is suspended after its resumption would never be resumed. */
    private synchronized void pause(Route route) {
        if (outages.isOngoing() && paused.add(route)) {
            try {
                suspendOrStopConsumer(route.getConsumer());
            } catch (Exception e) {
                handleException(e);
            }
        }
    }

    @Override
    public void onRemove(Route route) {
        paused.remove(route);
    }

    /** Lets paused routes go on, unless there still is an outage. */
    public synchronized void goOn() throws Exception {
        if (outages.isOngoing()) {
            return;
        }
        for (Iterator<Route> routes = paused.iterator(); routes.hasNext(); ) {
            // One that cannot be resumed is tried again the next time.
            resumeOrStartConsumer(routes.next().getConsumer());
            routes.remove();
        }
    }
}
