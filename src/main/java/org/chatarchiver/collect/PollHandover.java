package org.chatarchiver.collect;

import java.util.concurrent.ExecutorService;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands runs to the routes that poll, each in a thread of its own: at most one of each connector polls. Whatever becomes of such a route,
 * stopped, changed or broken, no run is left in the air: the lease of one that has not ended goes back, and the run goes on with the
 * next sweep.
 */
@Component("pollHandover")
public class PollHandover {
    private static final Logger LOG = LoggerFactory.getLogger(PollHandover.class);

    private final Leases leases;
    private final ProducerTemplate routes;
    private final ExecutorService threads;

    PollHandover(Leases leases, ProducerTemplate routes, CamelContext camel) {
        this.leases = leases;
        this.routes = routes;
        this.threads = camel.getExecutorServiceManager().newCachedThreadPool(this, "polls");
    }

    /** Has the pages of a run that has just been opened polled; returns at once. */
    public void begin(@Body CollectionState poll) {
        hand("direct:collect-run", poll, poll.run());
    }

    /** Has an interrupted run go on whose lease this process has taken; returns at once. */
    public void resume(Run run) {
        hand("direct:resume-run", run, run);
    }

    private void hand(String route, Object body, Run run) {
        try {
            threads.execute(() -> poll(route, body, run));
        } catch (RuntimeException | Error e) {
            leases.giveUp(run.id());
            throw e;
        }
    }

    private void poll(String route, Object body, Run run) {
        WorkFields.begin(run.connector(), run.id());
        leases.begin(run.id());
        try {
            routes.sendBody(route, body);
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CamelExecutionException ? e.getCause() : e;
            LOG.warn(
                    "The poll of {} was broken off in {}: {}",
                    run.connector(),
                    route,
                    Printable.of(String.valueOf(cause)));
            LOG.debug("The poll of {} was broken off", run.connector(), e);
        } finally {
            end(run);
            WorkFields.end();
        }
    }

    /** Where the ledger is gone, the lease lapses. */
    private void end(Run run) {
        try {
            leases.end();
        } catch (RuntimeException e) {
            LOG.warn("The lease of {} could not be given back: {}", run.connector(), Printable.of(e.toString()));
        }
    }
}
