package org.chatarchiver.api;

import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The connectors in force, and the files that were left out. */
@RestController
class ConnectorsController {
    private final Connectors connectors;
    private final Runs runs;
    private final Watermarks watermarks;

    ConnectorsController(Connectors connectors, Runs runs, Watermarks watermarks) {
        this.connectors = connectors;
        this.runs = runs;
        this.watermarks = watermarks;
    }

    /**
     * @param next as in {@link Listing}
     * @param problems what is wrong with files that were left out, and where
     */
    record Answer(List<ConnectorView> items, String next, List<Problem> problems) {}

    @GetMapping("/api/connectors")
    Answer list(@RequestParam(defaultValue = "100") @Limit int limit, @RequestParam(defaultValue = "") String after) {
        List<Connector> behind = connectors.all().stream()
                .filter(connector -> connector.id().compareTo(after) > 0)
                .limit(Listing.rows(limit))
                .toList();
        Listing<ConnectorView> part = Listing.of(behind, limit, this::view, Connector::id);
        return new Answer(part.items(), part.next(), connectors.problems());
    }

    private ConnectorView view(Connector connector) {
        return ConnectorView.of(
                connector,
                watermarks.of(connector.id()).orElse(null),
                runs.list(connector.id(), 1, "").stream().findFirst().orElse(null));
    }
}
