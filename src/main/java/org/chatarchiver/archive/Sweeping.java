package org.chatarchiver.archive;

import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.springframework.stereotype.Component;

/** Finds the pages that nobody has in work although there is something to do in them. */
@Component("sweeping")
public class Sweeping {
    private static final int AT_ONCE = 200;

    private final Pages pages;
    private final Connectors connectors;
    private final Outages outages;

    Sweeping(Pages pages, Connectors connectors, Outages outages) {
        this.pages = pages;
        this.connectors = connectors;
        this.outages = outages;
    }

    /**
     * References for the page queue, oldest page first; a page that is in work already is let pass by who takes it up. None while the
     * destination is out: the queue would fill with the same ones again and again.
     */
    public List<String> due() {
        if (outages.isOngoing()) {
            return List.of();
        }
        return pages.due(AT_ONCE, connectors.all().stream().map(Connector::id).toList()).stream()
                .map(Page::reference)
                .toList();
    }
}
