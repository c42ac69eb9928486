package org.chatarchiver.connector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.landing.LongWork;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Mappings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the mapping which file each connector has, and everybody else whether it can be used: {@code archiver.mapping.refused} is 1 or 0. */
@Component("mappingSources")
public class MappingSources {
    private static final String REFUSED = "archiver.mapping.refused";
    private static final Logger LOG = LoggerFactory.getLogger(MappingSources.class);

    private final MappingStore store;
    private final MeterRegistry metrics;
    private final Map<String, Boolean> usable = new ConcurrentHashMap<>();
    private Optional<LongWork<Void>> reading = Optional.empty();

    MappingSources(MappingStore store, MeterRegistry metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** Takes in a connector, or its changed mapping file, which is read then, unless the landing zone keeps that waiting. */
    public void register(Connector connector) {
        if (store.know(connector.id(), connector.mapping())) {
            read(connector.id());
        }
        usable.put(connector.id(), isUsable(connector.id()));
        if (metrics.find(REFUSED).tag("connector", connector.id()).gauge() == null) {
            tell(connector);
        }
    }

    /** Files behind one that is waited for are waited for no longer than that one was: there may be many. */
    private synchronized void read(String connector) {
        boolean idle = reading.map(LongWork::isOver).orElse(true);
        LongWork<Void> begun = LongWork.begin("mapping", () -> {
            store.refresh(connector);
            return null;
        });
        reading = Optional.of(begun);
        try {
            if (idle) {
                begun.await();
            }
        } catch (IOException e) {
            LOG.warn(
                    "The mapping file of '{}' is being read still, {}; its pages wait for it",
                    connector,
                    e.getMessage());
        }
    }

    private void tell(Connector connector) {
        Gauge.builder(REFUSED, () -> problem(connector).isPresent() ? 1 : 0)
                .description("Whether the connector's mapping file as it is now cannot be used")
                .tag("connector", connector.id())
                .register(metrics);
    }

    /** Forgets a connector that was removed. */
    public void remove(Connector connector) {
        store.remove(connector.id());
        usable.remove(connector.id());
        metrics.find(REFUSED).tag("connector", connector.id()).meters().forEach(metrics::remove);
    }

    /** Why the connector's mapping file as it is now is not in use. */
    public Optional<String> problem(Connector connector) {
        return store.problems(connector.id()).map(rejected -> rejected.sentence(connector.id(), inUse(connector)));
    }

    /** Why the connector's pages wait; empty where a mapping is in use, be it an older one. */
    public Optional<String> hindrance(Connector connector) {
        return inUse(connector) ? Optional.empty() : problem(connector);
    }

    /** Why the connector's mapping file as it is now is not in use while an older one is, so that no page waits; empty for nothing. */
    public Optional<String> refused(Connector connector) {
        return inUse(connector) ? problem(connector) : Optional.empty();
    }

    /** By which a page is mapped that is taken up now. */
    public Mappings.Current latest(Connector connector) {
        return store.latest(connector.id());
    }

    private boolean inUse(Connector connector) {
        return store.current(connector.id()) instanceof Mappings.Current.InUse;
    }

    /** Takes in changed files. */
    public void refresh() {
        store.refresh();
    }

    /** Whether a mapping can be used that could not when this was asked last: its pages need not wait for the sweep. */
    public boolean usableNow() {
        boolean any = false;
        for (Map.Entry<String, Boolean> last : usable.entrySet()) {
            boolean now = isUsable(last.getKey());
            any |= now && !last.getValue();
            last.setValue(now);
        }
        return any;
    }

    public boolean isUsable(String connector) {
        return !(store.current(connector) instanceof Mappings.Current.Unusable);
    }
}
