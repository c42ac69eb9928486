package org.chatarchiver.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Kept;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunDetails;
import org.chatarchiver.ledger.Runs;
import org.springframework.stereotype.Component;

/**
 * Removes what the ledger tells of pages that have gone, once they have been gone for as long as that is to be kept: page by page, and of
 * a run as a whole behind its last page. What messages are known by stays, and so does what reports count.
 */
@Component
class Forgetting {
    private static final int AT_ONCE = 50;
    /** Of a pass, so that it ends. */
    private static final int MOST_PAGES = 10_000;

    private final DetailRemovals details;
    private final RunDetails runDetails;
    private final Removals removals;
    private final Runs runs;
    private final Pages pages;
    private final Coverage coverage;
    private final Clock clock;

    Forgetting(
            DetailRemovals details,
            RunDetails runDetails,
            Removals removals,
            Runs runs,
            Pages pages,
            Coverage coverage,
            Clock clock) {
        this.details = details;
        this.runDetails = runDetails;
        this.removals = removals;
        this.runs = runs;
        this.pages = pages;
        this.coverage = coverage;
        this.clock = clock;
    }

    /**
     * Removes what is due of a connector; nothing where it stays for ever.
     *
     * @param goesOn whether the caller still has the lease, and nobody wants it to stop
     */
    void pass(RetentionProperties.Period period, BooleanSupplier goesOn, RetentionTally tally) {
        if (period.ledger() == null) {
            return;
        }
        Instant before = clock.instant().minus(period.ledger());
        ofPages(period.id(), before, goesOn, tally);
        ofRuns(period.id(), before, goesOn, tally);
    }

    private void ofPages(String connector, Instant before, BooleanSupplier goesOn, RetentionTally tally) {
        List<DetailRemovals.Due> due = details.due(connector, before, AT_ONCE, null);
        while (!due.isEmpty()) {
            for (DetailRemovals.Due one : due) {
                if (tally.forgotten() == MOST_PAGES || !goesOn.getAsBoolean()) {
                    return;
                }
                Page page = one.page();
                Run run = runs.find(page.run()).orElseThrow();
                tally.forgotten(details.remove(run, page, inForce -> held(inForce, run, page)));
            }
            due = details.due(connector, before, AT_ONCE, due.get(due.size() - 1));
        }
    }

    private void ofRuns(String connector, Instant before, BooleanSupplier goesOn, RetentionTally tally) {
        List<Run> due = runDetails.due(connector, before, AT_ONCE, "");
        while (!due.isEmpty()) {
            for (Run run : due) {
                RunDetails.Part part;
                do {
                    if (!goesOn.getAsBoolean()) {
                        return;
                    }
                    part = runDetails.remove(run, inForce -> held(inForce, run));
                } while (part == RunDetails.Part.MORE);
                tally.forgotten(part);
            }
            due = runDetails.due(
                    connector, before, AT_ONCE, due.get(due.size() - 1).id());
        }
    }

    private Optional<Kept> held(List<Hold> inForce, Run run) {
        Optional<Kept> whole = coverage.of(inForce, run);
        return whole.isPresent() || !Coverage.persons(inForce)
                ? whole
                : pages.of(run.id()).stream()
                        .flatMap(page -> held(inForce, run, page).stream())
                        .findFirst();
    }

    /** It was read before the page went; without that it may concern anybody. */
    private Optional<Kept> held(List<Hold> inForce, Run run, Page page) {
        return coverage.of(inForce, run)
                .or(() -> Coverage.persons(inForce)
                        ? removals.parties(page)
                                .map(parties -> coverage.of(inForce, run, parties))
                                .orElseGet(() -> Optional.of(Coverage.unknown()))
                        : Optional.empty());
    }
}
