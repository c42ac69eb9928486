package org.chatarchiver.archive;

import java.util.Optional;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.delivery.Outages;
import org.springframework.stereotype.Component;

/** What has whole pages wait: a connector without a mapping that can be used, and an outage of the destination. */
@Component
class KnownHindrances implements Hindrances {
    private final Connectors connectors;
    private final MappingSources mappings;
    private final Outages outages;

    KnownHindrances(Connectors connectors, MappingSources mappings, Outages outages) {
        this.connectors = connectors;
        this.mappings = mappings;
        this.outages = outages;
    }

    @Override
    public Optional<String> of(String connector) {
        return connectors.find(connector).flatMap(mappings::hindrance).or(() -> outages.ongoing()
                .map(outage -> "The destination is out: " + outage.why()));
    }
}
