package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.TotalsCheck;
import org.chatarchiver.message.Printable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holds the totals that reports are made of against the ledger's rows. A POST, as it costs what all rows of the run cost to read. */
@RestController
class TotalsController {
    private final Runs runs;
    private final TotalsCheck check;

    TotalsController(Runs runs, TotalsCheck check) {
        this.runs = runs;
        this.check = check;
    }

    /**
     * @param agrees whether the run's report says what its rows do
     * @param differences what it says otherwise
     */
    record CheckView(String run, boolean agrees, List<TotalsCheck.Difference> differences) {}

    /** May be asked while the run is in work. */
    @Operation(summary = "Holds the report of a run against the rows of the ledger")
    @PostMapping("/api/runs/{run}/check")
    CheckView check(@PathVariable String run) {
        String found = runs.find(run)
                .map(Run::id)
                .orElseThrow(() -> Refusal.notFound(
                        "There is no run '" + Printable.of(run) + "'; GET /api/connectors/{id}/runs lists them."));
        List<TotalsCheck.Difference> differences = check.of(found);
        return new CheckView(found, differences.isEmpty(), differences);
    }
}
