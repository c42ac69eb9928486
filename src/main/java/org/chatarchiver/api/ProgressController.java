package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import org.chatarchiver.message.Printable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How far runs are, for whoever asks again and again. */
@RestController
class ProgressController {
    private final ProgressViews views;

    ProgressController(ProgressViews views) {
        this.views = views;
    }

    @Operation(
            summary = "How far a run is, how fast, and what holds it; costs little, and may be asked for every second")
    @GetMapping("/api/runs/{run}/progress")
    ProgressView progress(@PathVariable String run) {
        return views.of(run)
                .orElseThrow(() -> Refusal.notFound("There is no run '" + Printable.of(run)
                        + "'; GET /api/connectors/{id}/runs lists those of a connector."));
    }
}
