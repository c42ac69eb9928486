package org.chatarchiver.api;

import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/** Looks up how far a connector has got. */
@Component
final class ConnectorViews {
    private final Runs runs;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;

    ConnectorViews(Runs runs, Watermarks watermarks, ConnectorPauses pauses) {
        this.runs = runs;
        this.watermarks = watermarks;
        this.pauses = pauses;
    }

    ConnectorView of(Connector connector) {
        return ConnectorView.of(
                connector,
                watermarks.of(connector.id()).orElse(null),
                runs.list(connector.id(), 1, "").stream().findFirst().orElse(null),
                pauses.of(connector.id()).orElse(null));
    }
}
