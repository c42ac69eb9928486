package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import org.chatarchiver.collect.ConnectorWishes;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.message.Printable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Pauses connectors and resumes them. Either is done once, however often it is asked for. */
@RestController
class PauseController {
    private final Connectors connectors;
    private final ConnectorWishes wishes;
    private final ConnectorViews views;

    PauseController(Connectors connectors, ConnectorWishes wishes, ConnectorViews views) {
        this.connectors = connectors;
        this.wishes = wishes;
        this.views = views;
    }

    /** @param reason why, for whoever comes upon it later */
    record PauseWish(String reason) {}

    /** Nothing is collected for the connector from now on; what has landed is delivered. A pause in force stays as it is. */
    @Operation(summary = "Has nothing collected for a connector until it is resumed")
    @PostMapping("/api/connectors/{id}/pause")
    ConnectorView pause(
            @PathVariable String id, @RequestBody(required = false) PauseWish wish, Principal administrator) {
        Connector connector = known(id);
        wishes.pause(connector, administrator.getName(), PauseReason.of(wish == null ? null : wish.reason()));
        return views.of(connector);
    }

    /** What was missed is collected now. Where it is not paused, nothing happens. */
    @Operation(summary = "Ends the pause of a connector; what was missed is collected")
    @PostMapping("/api/connectors/{id}/resume")
    ConnectorView resume(@PathVariable String id, Principal administrator) {
        Connector connector = known(id);
        wishes.resume(connector, administrator.getName());
        return views.of(connector);
    }

    private Connector known(String id) {
        return connectors
                .find(id)
                .orElseThrow(() -> Refusal.notFound(
                        "There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them."));
    }
}
