package org.chatarchiver.archive;

import java.util.Collections;
import java.util.Iterator;
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
    private static final int AT_ONCE = 1000;

    private final Pages pages;
    private final Connectors connectors;
    private final Outages outages;
    private final PageQueue queue;

    Sweeping(Pages pages, Connectors connectors, Outages outages, PageQueue queue) {
        this.pages = pages;
        this.connectors = connectors;
        this.outages = outages;
        this.queue = queue;
    }

    /**
     * References for the page queue, oldest page first. None while the destination is out, and no more of them once the queue takes none:
     * what is left is for the next sweep.
     */
    public Iterator<String> due() {
        if (outages.isOngoing()) {
            return Collections.emptyIterator();
        }
        queue.releaseOwed();
        List<Page> due =
                pages.due(AT_ONCE, connectors.all().stream().map(Connector::id).toList());
        return queue.whileItTakes(due.stream().map(Page::reference).iterator());
    }
}
