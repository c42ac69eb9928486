package org.chatarchiver.routing;

import java.util.List;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.springframework.stereotype.Component;

/** Finds the pages that nobody has in work although there is something to do in them. */
@Component("sweeping")
public class Sweeping {
    private static final int AT_ONCE = 200;

    private final Pages pages;
    private final Connectors connectors;

    Sweeping(Pages pages, Connectors connectors) {
        this.pages = pages;
        this.connectors = connectors;
    }

    /** References for the page queue, oldest page first; a page that is in work already is let pass by who takes it up. */
    public List<String> due() {
        return pages.due(AT_ONCE, connectors.all().stream().map(Connector::id).toList()).stream()
                .map(Page::reference)
                .toList();
    }
}
