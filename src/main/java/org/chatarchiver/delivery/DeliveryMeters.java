package org.chatarchiver.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items.Settled;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.observation.Notes;
import org.springframework.stereotype.Component;

/**
 * What came of deliveries, by connector: the counters {@code archiver.items}, also by outcome, and {@code archiver.delivery.retries}, also
 * by reason ({@code THROTTLED} among them): items that were put off to a further try. Safe for many threads.
 */
@Component
class DeliveryMeters implements ConnectorMeters {
    private static final String ITEMS = "archiver.items";
    private static final String RETRIES = "archiver.delivery.retries";
    private static final String CONNECTOR = "connector";

    private final MeterRegistry registry;

    DeliveryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The counters stand at 0 before the first event, or nobody would see that as a change. */
    @Override
    public void connectors(Collection<Connector> running) {
        for (Connector connector : running) {
            outcome(connector.id(), ItemState.IMPORTED, 0);
            retry(connector.id(), Reason.THROTTLED, 0);
            retry(connector.id(), Reason.DESTINATION_UNAVAILABLE, 0);
        }
    }

    void settled(String connector, List<Settled> settled) {
        for (Settled one : settled) {
            outcome(connector, one.state(), 1);
            if (Notes.areTaken()) {
                Notes.count("archiver.items." + word(one.state()), 1);
            }
        }
        putOff(connector, settled);
    }

    /** Those of them that are in state RETRY. */
    void putOff(String connector, List<Settled> settled) {
        for (Settled one : settled) {
            if (one.state() == ItemState.RETRY) {
                retry(connector, one.reason(), 1);
                Notes.say("archiver.retry.reason", one.reason().name());
            }
        }
    }

    private void outcome(String connector, ItemState state, int more) {
        registry.counter(ITEMS, CONNECTOR, connector, "outcome", word(state)).increment(more);
    }

    private static String word(ItemState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void retry(String connector, Reason reason, int more) {
        registry.counter(RETRIES, CONNECTOR, connector, "reason", reason.name()).increment(more);
    }
}
