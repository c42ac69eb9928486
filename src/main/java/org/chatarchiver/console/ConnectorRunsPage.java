package org.chatarchiver.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.api.RunView;
import org.chatarchiver.api.RunViews;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.MappingVersions;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The runs of a connector, one whose file is gone among them: the last thirty days in a picture, and one by one; and its mapping files. */
@Controller
class ConnectorRunsPage {
    private static final int LISTED = 50;
    private static final int MAPPINGS = 20;
    private static final int AT_ONCE = 100;
    /** One an hour, and then some: beyond it the picture shows the latest. */
    private static final int MOST = 1_000;

    private final Connectors connectors;
    private final KnownConnectors known;
    private final RunViews views;
    private final MappingVersions mappings;
    private final Clock clock;

    ConnectorRunsPage(
            Connectors connectors, KnownConnectors known, RunViews views, MappingVersions mappings, Clock clock) {
        this.connectors = connectors;
        this.known = known;
        this.views = views;
        this.mappings = mappings;
        this.clock = clock;
    }

    /** @param after the id of a run, behind which the list goes on; empty for the newest */
    @GetMapping(ConnectorsPage.PATH + "/{id}/runs")
    String page(@PathVariable String id, @RequestParam(defaultValue = "") String after, Model model) {
        String name = connectors
                .find(id)
                .map(Connector::name)
                .or(() -> known.find(id).map(KnownConnectors.Known::id))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such connector."));
        List<RunView> runs = views.list(id, LISTED + 1, after);
        model.addAttribute("connector", id);
        model.addAttribute("name", name);
        model.addAttribute("removed", connectors.find(id).isEmpty());
        model.addAttribute("runs", runs.stream().limit(LISTED).toList());
        model.addAttribute("next", runs.size() > LISTED ? runs.get(LISTED - 1).id() : null);
        model.addAttribute("mappings", mappings.list(id, Long.MAX_VALUE, MAPPINGS));
        List<RunView> late = ofLate(id);
        model.addAttribute("chart", RunChart.of(late, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        model.addAttribute(
                "chartBegins",
                late.size() < MOST ? null : late.get(late.size() - 1).started());
        return "console/connector-runs";
    }

    private List<RunView> ofLate(String connector) {
        Instant since = clock.instant().minus(Duration.ofDays(RunChart.DAYS));
        List<RunView> late = new ArrayList<>();
        String after = "";
        while (after != null && late.size() < MOST) {
            List<RunView> part = views.list(connector, AT_ONCE, after);
            part.stream().filter(run -> !run.started().isBefore(since)).forEach(late::add);
            boolean more =
                    part.size() == AT_ONCE && !part.get(AT_ONCE - 1).started().isBefore(since);
            after = more ? part.get(AT_ONCE - 1).id() : null;
        }
        return late;
    }
}
