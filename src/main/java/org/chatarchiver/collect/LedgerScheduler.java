package org.chatarchiver.collect;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SchedulerFactory;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.simpl.SimpleThreadPool;

/** Makes the Quartz scheduler of an archiver whose triggers are those of all that work with its ledger. */
final class LedgerScheduler implements SchedulerFactory {
    /** A job opens a run and hands it over. */
    private static final int THREADS = 4;

    private final DataSource ledger;
    private final String worker;
    private final CamelContext camel;
    private Scheduler made;

    /** @param worker of this process */
    LedgerScheduler(DataSource ledger, String worker, CamelContext camel) {
        this.ledger = ledger;
        this.worker = worker;
        this.camel = camel;
    }

    @Override
    public synchronized Scheduler getScheduler() throws SchedulerException {
        if (made == null) {
            String name = LedgerJobStore.CLUSTER + "-" + worker;
            SimpleThreadPool threads = new SimpleThreadPool(THREADS, Thread.NORM_PRIORITY);
            threads.setMakeThreadsDaemons(true);
            DirectSchedulerFactory.getInstance()
                    .createScheduler(name, worker, threads, new LedgerJobStore(ledger, worker));
            made = DirectSchedulerFactory.getInstance().getScheduler(name);
            made.setJobFactory(new ConnectorJobs(camel));
        }
        return made;
    }

    /** Before the ledger's connections are closed; Camel leaves it running where it counts jobs that are still there. */
    synchronized void close() throws SchedulerException {
        if (made != null && !made.isShutdown()) {
            made.shutdown(true);
        }
    }

    @Override
    public Scheduler getScheduler(String name) throws SchedulerException {
        return getScheduler();
    }

    @Override
    public synchronized Collection<Scheduler> getAllSchedulers() {
        return made == null ? List.of() : List.of(made);
    }
}
