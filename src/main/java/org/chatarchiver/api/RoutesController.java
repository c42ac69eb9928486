package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.routing.RouteChecks;
import org.chatarchiver.routing.RouteDifferences;
import org.chatarchiver.routing.RouteState;
import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.routing.StoppedRoutes;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The route files, what has become of each, and what would become of others. */
@RestController
class RoutesController {
    private final RouteStates states;
    private final StoppedRoutes stopped;
    private final RouteDifferences differences;
    private final RouteChecks checks;

    RoutesController(RouteStates states, StoppedRoutes stopped, RouteDifferences differences, RouteChecks checks) {
        this.states = states;
        this.stopped = stopped;
        this.differences = differences;
        this.checks = checks;
    }

    /**
     * @param problems why the files are not in force as they are, each with its file and line
     * @param stopped routes that are to run and do not
     * @param differences files that the archivers with this ledger do not have alike, longer than an edit takes to reach all of them
     */
    record Answer(
            List<RouteState> files,
            List<Problem> problems,
            List<StoppedRoutes.Stopped> stopped,
            List<RouteDifferences.Difference> differences) {}

    @Operation(summary = "Tells of each route file what has become of it, and what is wrong")
    @GetMapping("/api/routes")
    Answer list() {
        return new Answer(states.files(), states.problems(), stopped.all(), differences.all());
    }

    /** @param files the text of each, by its name relative to {@code archiver.routes}; all that there are to be */
    record Files(@NotNull Map<String, String> files) {}

    /** @param good whether these files would be in force */
    record Checked(boolean good, List<Problem> problems, List<Problem> warnings) {}

    @Operation(summary = "Holds a set of route files against everything; nothing comes of it")
    @PostMapping("/api/routes/check")
    Checked check(@RequestBody Files wanted) {
        if (wanted.files() == null || wanted.files().isEmpty()) {
            throw Refusal.badRequest("'files' is missing; give the text of each route file by its name.");
        }
        RouteChecks.Found found = checks.check(wanted.files());
        return new Checked(found.problems().isEmpty(), found.problems(), found.warnings());
    }
}
