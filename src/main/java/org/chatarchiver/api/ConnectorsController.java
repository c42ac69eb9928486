package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The connectors in force, and the files that were left out. */
@RestController
class ConnectorsController {
    private final Connectors connectors;
    private final ConnectorViews views;

    ConnectorsController(Connectors connectors, ConnectorViews views) {
        this.connectors = connectors;
        this.views = views;
    }

    /**
     * @param next as in {@link Listing}
     * @param problems what is wrong with files that were left out, and where
     */
    record ConnectorListing(List<ConnectorView> items, String next, List<Problem> problems) {}

    @Operation(summary = "The connectors in force, and the files that were left out")
    @GetMapping("/api/connectors")
    ConnectorListing list(
            @RequestParam(defaultValue = "100") @Limit int limit, @RequestParam(defaultValue = "") String after) {
        List<Connector> behind = connectors.all().stream()
                .filter(connector -> connector.id().compareTo(after) > 0)
                .limit(Listing.rows(limit))
                .toList();
        Listing<ConnectorView> part = Listing.of(behind, limit, views::of, Connector::id);
        return new ConnectorListing(part.items(), part.next(), connectors.problems());
    }
}
