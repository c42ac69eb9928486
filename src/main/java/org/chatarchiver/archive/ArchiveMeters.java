package org.chatarchiver.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.component.seda.SedaComponent;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.springframework.stereotype.Component;

/**
 * What this process has in work, as gauges: {@code archiver.pages.in.work} by connector, the leases of pages that it holds, and
 * {@code archiver.queue.pages} by queue, what stands in its own queues in memory; that of a broker is for the broker to show. Safe for many threads.
 */
@Component
class ArchiveMeters implements ConnectorMeters {
    private final Archiving archiving;
    private final MultiGauge inWork;

    ArchiveMeters(MeterRegistry registry, Archiving archiving, CamelContext camel) {
        this.archiving = archiving;
        this.inWork = MultiGauge.builder("archiver.pages.in.work")
                .description("Pages that this process archives, and whose leases it holds")
                .register(registry);
        for (String queue : new String[] {"pages", "next-tries"}) {
            Gauge.builder("archiver.queue.pages", camel, context -> depth(context, queue))
                    .description("Pages in a queue of this process")
                    .tag("queue", queue)
                    .register(registry);
        }
    }

    @Override
    public void connectors(Collection<Connector> running) {
        inWork.register(
                running.stream()
                        .map(Connector::id)
                        .map(id -> MultiGauge.Row.of(Tags.of("connector", id), id, archiving::inWork))
                        .toList(),
                true);
    }

    /** 0 where there is none of the name. */
    private static int depth(CamelContext camel, String queue) {
        if (!(camel.hasComponent("seda") instanceof SedaComponent seda)) {
            return 0;
        }
        QueueReference found = seda.getQueues().get("seda://" + queue);
        return found == null ? 0 : found.getQueue().size();
    }
}
