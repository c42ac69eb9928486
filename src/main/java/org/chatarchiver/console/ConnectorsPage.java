package org.chatarchiver.console;

import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.setup.Setups;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The connectors: how each stands, what it does at the moment, and what can be done with it. */
@Controller
class ConnectorsPage implements Section {
    static final String PATH = "/console/connectors";

    private final Connectors connectors;
    private final ConnectorCards cards;
    private final Setups setups;

    ConnectorsPage(Connectors connectors, ConnectorCards cards, Setups setups) {
        this.connectors = connectors;
        this.cards = cards;
        this.setups = setups;
    }

    @Override
    public String title() {
        return "Connectors";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean holds(String page) {
        return Section.super.holds(page) || (page + "/").startsWith(SetupFrame.PATH + "/");
    }

    @Override
    public int place() {
        return 1;
    }

    @GetMapping(PATH)
    String page(Model model) {
        model.addAttribute("cards", cards.all());
        model.addAttribute("drafts", setups.open());
        model.addAttribute("leftOut", connectors.problems());
        model.addAttribute("longestReason", ConnectorPauses.LONGEST_REASON);
        return "console/connectors";
    }

    /** The part of a connector that changes by itself. */
    @GetMapping(PATH + "/{id}/live")
    String live(@PathVariable String id, Model model) {
        model.addAttribute(
                "card",
                cards.find(id)
                        .orElseThrow(() ->
                                new ResponseStatusException(HttpStatus.NOT_FOUND, "The connector has been removed.")));
        return "console/connectors :: live";
    }
}
