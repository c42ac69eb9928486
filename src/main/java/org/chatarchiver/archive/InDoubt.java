package org.chatarchiver.archive;

import java.time.Clock;
import java.time.Instant;
import org.chatarchiver.delivery.DeliveryProperties;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.springframework.stereotype.Component;

/**
 * Holds back what a former process was sending when it ended. The destination may still be filing it for a while: whoever looks for it
 * at once would not find it, and send it a second time.
 */
@Component
class InDoubt {
    private final Pages pages;
    private final Clock clock;
    private final Instant settled;

    InDoubt(Pages pages, DeliveryProperties properties, Clock clock) {
        this.pages = pages;
        this.clock = clock;
        this.settled = clock.instant().plus(properties.inDoubtWait());
    }

    /** Whether the page is left to a later sweep. */
    boolean mustWait(Page page) {
        return clock.instant().isBefore(settled) && pages.inDoubt(page);
    }
}
