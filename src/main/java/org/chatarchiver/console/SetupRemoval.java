package org.chatarchiver.console;

import java.security.Principal;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.routing.ConnectorEdits.Outcome;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The removal of a connector: what that means, what waits for it, and then the end of its file. */
@Controller
class SetupRemoval {
    private static final String PAGE = SetupFrame.PATH + "/removal";

    private final Connectors connectors;
    private final KnownConnectors known;
    private final Conditions conditions;
    private final ConnectorEdits edits;

    SetupRemoval(Connectors connectors, KnownConnectors known, Conditions conditions, ConnectorEdits edits) {
        this.connectors = connectors;
        this.known = known;
        this.conditions = conditions;
        this.edits = edits;
    }

    @GetMapping(PAGE)
    String page(@RequestParam String connector, Model model) {
        model.addAttribute("connector", find(connector));
        known.work().stream()
                .filter(work -> work.connector().equals(connector))
                .findFirst()
                .ifPresent(work -> model.addAttribute("work", work));
        model.addAttribute(
                "open",
                conditions.open().stream()
                        .filter(open -> open.connector().equals(connector))
                        .mapToLong(Conditions.Open::number)
                        .sum());
        return "console/setup-removal";
    }

    private Connector find(String id) {
        return connectors
                .find(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The connector has been removed."));
    }

    @PostMapping(PAGE)
    String remove(
            @RequestParam String connector,
            @RequestParam(defaultValue = "false") boolean confirm,
            Principal administrator,
            RedirectAttributes told) {
        Connector found = find(connector);
        Outcome outcome = edits.remove(connector, confirm, administrator.getName());
        if (outcome instanceof Outcome.Written) {
            told.addFlashAttribute(
                    "notice",
                    found.name() + " is removed, and stops within seconds. What it has archived stays where it is.");
        } else if (outcome instanceof Outcome.ToCommit file) {
            told.addFlashAttribute(
                    "problem",
                    file.why() + "; delete " + file.file() + " where the route files of the archiver come from.");
        } else if (outcome instanceof Outcome.Waits waits) {
            told.addFlashAttribute(
                    "problem", "Nothing was removed: " + waits.work().words() + ". Tick that they may be stranded.");
            told.addAttribute("connector", connector);
            return "redirect:" + PAGE;
        } else {
            told.addFlashAttribute("problem", "The connector has been removed already.");
        }
        return "redirect:" + ConnectorsPage.PATH;
    }
}
