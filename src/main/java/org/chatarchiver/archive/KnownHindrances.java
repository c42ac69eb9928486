package org.chatarchiver.archive;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.delivery.Outages;
import org.springframework.stereotype.Component;

/**
 * What has whole pages wait: a connector that does not run or is without a mapping that can be used, an outage of the destination, and a
 * stopped route that all messages pass.
 */
@Component
class KnownHindrances implements Hindrances {
    /** Of each message; the others are passed by some messages, or before there is a page. */
    private static final List<String> WAY = List.of(
            "archive-pages",
            "archive-page",
            "read-object",
            "archive-chunk",
            "make-email",
            "deliver-batch",
            "append-batch");

    private final Connectors connectors;
    private final MappingSources mappings;
    private final Outages outages;
    private final Stoppages stoppages;

    KnownHindrances(Connectors connectors, MappingSources mappings, Outages outages, Stoppages stoppages) {
        this.connectors = connectors;
        this.mappings = mappings;
        this.outages = outages;
        this.stoppages = stoppages;
    }

    @Override
    public Optional<String> of(String id) {
        Optional<Connector> connector = connectors.find(id);
        if (connector.isEmpty()) {
            return Optional.of("The connector " + id + " does not run; mend or restore its file in routes/connectors.");
        }
        return connector
                .flatMap(mappings::hindrance)
                .or(() -> outages.ongoing().map(outage -> "The destination is out: " + outage.why()))
                .or(this::stopped);
    }

    private Optional<String> stopped() {
        Map<String, String> now = stoppages.now();
        return WAY.stream()
                .map(now::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(clause -> Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".");
    }
}
