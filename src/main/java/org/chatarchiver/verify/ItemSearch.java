package org.chatarchiver.verify;

import java.util.Map;
import org.chatarchiver.ledger.Evidence.Delivered;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.msexchange.transport.Lookup;

/** A search for e-mails of a page in one mailbox. Not for several threads. */
public final class ItemSearch extends MailboxQuestion {
    private final Page page;
    private final Map<String, Delivered> items;

    /** @param items by their Message-IDs */
    ItemSearch(Verification verification, Page page, String mailbox, Map<String, Delivered> items) {
        super(verification, mailbox);
        this.page = page;
        this.items = items;
    }

    /** The body of {@code microsoft-exchange:find}. */
    public Lookup getLookup() {
        return new Lookup(
                mailbox(), verification().folder(), items.keySet().stream().toList());
    }

    Page page() {
        return page;
    }

    Map<String, Delivered> items() {
        return items;
    }
}
