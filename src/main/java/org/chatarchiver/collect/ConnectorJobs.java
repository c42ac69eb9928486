package org.chatarchiver.collect;

import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.StatefulCamelJob;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the route of a connector opened by whichever archiver its one trigger fires at. Where that has no such route, as its files lack the
 * connector yet or have lost it first, nothing is done: who has it finds that the time passed unused.
 */
final class ConnectorJobs implements JobFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorJobs.class);

    private final CamelContext camel;

    ConnectorJobs(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Job newJob(TriggerFiredBundle fired, Scheduler scheduler) {
        String connector = fired.getTrigger().getKey().getName();
        if (camel.getRoute(connector) == null) {
            return context -> LOG.info(
                    "The schedule of {} has fired at this archiver, which has no such connector; who has it makes up for it",
                    connector);
        }
        return new ConnectorJob(camel);
    }

    /** The job as any archiver may have stored it names the Camel context that it was stored by. */
    private static final class ConnectorJob extends StatefulCamelJob {
        private final CamelContext camel;

        ConnectorJob(CamelContext camel) {
            this.camel = camel;
        }

        @Override
        protected CamelContext getCamelContext(JobExecutionContext context) {
            return camel;
        }
    }
}
