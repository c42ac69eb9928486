package org.chatarchiver.routing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.ConnectorMeters;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.KnownConnectors;
import org.springframework.stereotype.Component;

/** Everything but its route that a connector has: who runs, its mapping source, its gauges, what its file said last. */
@Component
class ConnectorSetUp {
    private final Connectors connectors;
    private final MappingSources mappings;
    private final KnownConnectors known;
    private final MissedSchedules missed;
    private final List<ConnectorMeters> meters;
    private final WorkInTheAir work;
    private final Map<String, Connector> owed = new ConcurrentHashMap<>();
    private final Map<String, Connector> removed = new ConcurrentHashMap<>();

    ConnectorSetUp(
            Connectors connectors,
            MappingSources mappings,
            KnownConnectors known,
            MissedSchedules missed,
            List<ConnectorMeters> meters,
            WorkInTheAir work) {
        this.work = work;
        this.connectors = connectors;
        this.mappings = mappings;
        this.known = known;
        this.missed = missed;
        this.meters = meters;
    }

    /** Before their routes are loaded. @param problems of files that were left out */
    void set(Map<String, Connector> running, List<Problem> problems) {
        Collection<Connector> before = connectors.all();
        running.values().forEach(mappings::register);
        connectors.replace(running, problems);
        before.stream()
                .filter(connector -> !running.containsKey(connector.id()))
                .forEach(connector -> removed.put(connector.id(), connector));
        removed.keySet().removeAll(running.keySet());
        forget();
        meters.forEach(shown -> shown.connectors(connectors.all()));
    }

    /** The mapping of a connector that is gone goes with its last page: a page in work would find nobody in it. */
    void forget() {
        removed.values().removeIf(connector -> {
            boolean done = !work.works(connector.id());
            if (done) {
                mappings.remove(connector);
            }
            return done;
        });
    }

    /** These have a run owed by their schedule, and are to be remembered, behind their routes and once runs can start. */
    void owes(Collection<Connector> changed) {
        changed.forEach(connector -> owed.put(connector.id(), connector));
    }

    /** Sees to that; what cannot be done, as without a ledger, is done the next time. */
    void makeUp() {
        for (Connector connector : List.copyOf(owed.values())) {
            missed.makeUp(connector, known.find(connector.id()).map(KnownConnectors.Known::schedule));
            known.remember(new KnownConnectors.Known(
                    connector.id(), connector.network(), connector.schedule(), connector.folder()));
            owed.remove(connector.id(), connector);
        }
    }
}
