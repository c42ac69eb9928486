package org.chatarchiver.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Component;

/**
 * What was collected, by connector: counters {@code archiver.pages.collected}, {@code archiver.messages.collected}, which has duplicates
 * and malformed ones too, {@code archiver.feed.throttled} (answers that asked for a pause) and {@code archiver.feed.retries}, also by reason; and the gauge {@code archiver.runs.polling}, the leases of runs that this
 * process holds. Safe for many threads.
 */
@Component
class CollectMeters implements ConnectorMeters {
    private static final String PAGES = "archiver.pages.collected";
    private static final String MESSAGES = "archiver.messages.collected";
    private static final String RETRIES = "archiver.feed.retries";
    private static final String THROTTLED = "archiver.feed.throttled";
    private static final String CONNECTOR = "connector";

    private final MeterRegistry registry;
    private final Leases leases;
    private final MultiGauge polling;

    CollectMeters(MeterRegistry registry, Leases leases) {
        this.registry = registry;
        this.leases = leases;
        this.polling = MultiGauge.builder("archiver.runs.polling")
                .description("Runs that poll in this process, and whose leases it holds")
                .register(registry);
    }

    /** The counters stand at 0 before the first event, or nobody would see that as a change. */
    @Override
    public void connectors(Collection<Connector> running) {
        polling.register(
                running.stream()
                        .map(Connector::id)
                        .map(id -> MultiGauge.Row.of(Tags.of(CONNECTOR, id), id, leases::polling))
                        .toList(),
                true);
        for (Connector connector : running) {
            registry.counter(PAGES, CONNECTOR, connector.id());
            registry.counter(MESSAGES, CONNECTOR, connector.id());
            registry.counter(THROTTLED, CONNECTOR, connector.id());
            retries(connector.id(), Reason.SOURCE_UNAVAILABLE, 0);
        }
    }

    void landed(String connector, long messages) {
        registry.counter(PAGES, CONNECTOR, connector).increment();
        registry.counter(MESSAGES, CONNECTOR, connector).increment(messages);
    }

    /** @param asked whether the feed itself has asked for the pause before this try */
    void again(String connector, Reason reason, boolean asked) {
        retries(connector, reason, 1);
        if (asked) {
            registry.counter(THROTTLED, CONNECTOR, connector).increment();
        }
    }

    private void retries(String connector, Reason reason, int more) {
        registry.counter(RETRIES, CONNECTOR, connector, "reason", reason.name()).increment(more);
    }
}
