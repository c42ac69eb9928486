package org.chatarchiver.verify;

import java.time.Duration;
import java.util.Map;
import org.chatarchiver.ledger.Evidence.Delivered;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.msexchange.transport.Lookup;

/**
 * A search for e-mails of a page in one mailbox, until it has its answer. Not for several threads.
 */
public final class ItemSearch {
    private final Verification verification;
    private final Page page;
    private final String mailbox;
    private final Map<String, Delivered> items;
    private Duration pause = Duration.ZERO;
    private int tries;
    private boolean answered;

    /** @param items by their Message-IDs */
    ItemSearch(Verification verification, Page page, String mailbox, Map<String, Delivered> items) {
        this.verification = verification;
        this.page = page;
        this.mailbox = mailbox;
        this.items = items;
    }

    /** Whether there is still something to ask. */
    public boolean isOpen() {
        return !answered && !verification.isUnreachable(mailbox);
    }

    /** Before it asks, in milliseconds. */
    public long getPause() {
        return pause.toMillis();
    }

    /** The body of {@code microsoft-exchange:find}. */
    public Lookup getLookup() {
        return new Lookup(
                mailbox, verification.folder(), items.keySet().stream().toList());
    }

    Verification verification() {
        return verification;
    }

    Page page() {
        return page;
    }

    String mailbox() {
        return mailbox;
    }

    Map<String, Delivered> items() {
        return items;
    }

    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** @return how often it has failed by now */
    int again(Duration later) {
        pause = later;
        return ++tries;
    }
}
