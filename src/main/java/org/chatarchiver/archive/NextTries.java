package org.chatarchiver.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.springframework.stereotype.Component;

/**
 * Knows when the next try of any item is due, and gives its page at that moment; the sweep is for what this one misses. The ledger is
 * asked only when a page has ended or that time has come. A page that is in work is given once it has ended, and none oftener than every
 * two seconds, since all of it is read again. Safe for many threads, and harmless beside other archivers on the same ledger.
 */
@Component("nextTries")
public class NextTries {
    private static final int AT_ONCE = 200;
    private static final Duration APART = Duration.ofSeconds(2);

    /** By then the queue has lost it, or another archiver has had it. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final Pages pages;
    private final Connectors connectors;
    private final Outages outages;
    private final Clock clock;
    private final Map<String, Offer> offers = new HashMap<>();
    private final Set<String> brokenOff = new LinkedHashSet<>();
    private Instant earliest = Instant.MIN;

    private record Offer(Instant at, boolean taken) {}

    NextTries(Pages pages, Connectors connectors, Outages outages, Clock clock) {
        this.pages = pages;
        this.connectors = connectors;
        this.outages = outages;
        this.clock = clock;
    }

    /** The page is out of the queue. */
    synchronized void taken(String reference) {
        offers.computeIfPresent(reference, (key, offer) -> new Offer(offer.at(), true));
    }

    /** A page has ended, and may have items in their wait. */
    synchronized void ended() {
        earliest = Instant.MIN;
    }

    /** The work on the page has ended before its end, by an outage or by another page's work; it is due when that is over. */
    synchronized void brokenOff(String reference) {
        brokenOff.add(reference);
    }

    /** References for the page queue; none while the destination is out. */
    public synchronized List<String> due() {
        Instant now = clock.instant();
        if (outages.isOngoing() || brokenOff.isEmpty() && (earliest == null || now.isBefore(earliest))) {
            return List.of();
        }
        offers.values().removeIf(offer -> !offer.at().plus(FORGOTTEN).isAfter(now));
        List<String> due = new ArrayList<>(brokenOff);
        brokenOff.clear();
        earliest = pages.nextTry(now).orElse(null);
        pages.waiting(AT_ONCE, connectors.all().stream().map(Connector::id).toList()).stream()
                .map(Page::reference)
                .filter(reference -> !due.contains(reference) && mayBeOffered(reference, now))
                .forEach(due::add);
        due.forEach(reference -> offers.put(reference, new Offer(now, false)));
        if (!due.isEmpty()) {
            // Whoever takes it up may let it pass, as where the work on it is only just ending.
            lookAgain(now.plus(APART));
        }
        return due;
    }

    private boolean mayBeOffered(String reference, Instant now) {
        Offer before = offers.get(reference);
        if (before == null) {
            return true;
        }
        Instant again = before.at().plus(before.taken() ? APART : FORGOTTEN);
        if (!again.isAfter(now)) {
            return true;
        }
        lookAgain(again);
        return false;
    }

    private void lookAgain(Instant again) {
        earliest = earliest == null || again.isBefore(earliest) ? again : earliest;
    }
}
