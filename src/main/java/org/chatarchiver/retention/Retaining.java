package org.chatarchiver.retention;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingCorruptException;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.Kept;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.PageParties;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.RetentionLease;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes from the landing zone what is older than it is to be kept, page by page, and what lies beside the pages of a run once all of
 * these are gone; then what the ledger tells of it ({@link Forgetting}). Each step can be broken off: what was marked and not removed is ended by the next pass, whichever archiver does it.
 */
@Component
class Retaining {
    private static final Logger LOG = LoggerFactory.getLogger(Retaining.class);
    /** In one pass; where more fail, the landing zone as a whole is out of reach. */
    private static final int MOST_FAILURES = 10;

    /** Of a pass, so that it ends. */
    private static final int MOST_PAGES = 10_000;

    private static final int RUNS_AT_ONCE = 50;

    private final RetentionProperties properties;
    private final RetentionLease lease;
    private final Removals removals;
    private final Holds holds;
    private final Runs runs;
    private final Pages pages;
    private final Coverage coverage;
    private final PartyReading reading;
    private final Landings landings;
    private final LandedRuns landed;
    private final Forgetting forgetting;
    private final Clock clock;
    private volatile boolean stopping;

    Retaining(
            RetentionProperties properties,
            RetentionLease lease,
            Removals removals,
            Holds holds,
            Runs runs,
            Pages pages,
            Coverage coverage,
            PartyReading reading,
            Landings landings,
            LandedRuns landed,
            Forgetting forgetting,
            Clock clock) {
        this.properties = properties;
        this.lease = lease;
        this.removals = removals;
        this.holds = holds;
        this.runs = runs;
        this.pages = pages;
        this.coverage = coverage;
        this.reading = reading;
        this.landings = landings;
        this.landed = landed;
        this.forgetting = forgetting;
        this.clock = clock;
    }

    /** No further page is begun. */
    void stop() {
        stopping = true;
    }

    /** Removes what is due, {@value #MOST_PAGES} pages at most; nothing while another archiver is at it. */
    void pass() throws IOException {
        if (properties.connectors().isEmpty() || !lease.take()) {
            return;
        }
        RetentionTally tally = new RetentionTally();
        try {
            endMarked(tally);
            for (RetentionProperties.Period period : properties.connectors()) {
                remove(period, tally);
            }
            for (RetentionProperties.Period period : properties.connectors()) {
                forgetting.pass(period, () -> !stopping && lease.take(), tally);
            }
        } finally {
            lease.release();
            if (tally.any()) {
                LOG.info("Retention: {}", tally);
            }
        }
    }

    /** What a process that died had marked; where a hold has come since, and the bytes are there, they stay. */
    private void endMarked(RetentionTally tally) throws IOException {
        for (Page page : removals.marked()) {
            Run run = runs.find(page.run()).orElseThrow();
            Optional<Kept> held = removals.parties(page).flatMap(parties -> coverage.of(holds.inForce(), run, parties));
            if (held.isPresent() && landings.has(page.path())) {
                removals.spare(run, page);
            } else {
                remove(run, page, tally);
            }
        }
    }

    private void remove(RetentionProperties.Period period, RetentionTally tally) throws IOException {
        Instant before = clock.instant().minus(period.landing());
        String after = "";
        List<Run> due = removals.runs(period.id(), Removals.Keeping.ALL, before, RUNS_AT_ONCE, after);
        while (!due.isEmpty()) {
            for (Run run : due) {
                if (!goesOn(tally)) {
                    return;
                }
                remove(run, before, tally);
                after = run.id();
            }
            due = removals.runs(period.id(), Removals.Keeping.ALL, before, RUNS_AT_ONCE, after);
        }
    }

    private boolean goesOn(RetentionTally tally) {
        return !stopping && tally.pages() < MOST_PAGES && lease.take();
    }

    private void remove(Run run, Instant before, RetentionTally tally) throws IOException {
        if (coverage.of(holds.inForce(), run).or(() -> removals.needed(run)).isPresent()) {
            tally.kept();
            return;
        }
        Map<Integer, Instant> gone = removals.of(run.id());
        boolean all = true;
        for (Page page : pages.of(run.id())) {
            if (!gone.containsKey(page.number())) {
                if (!goesOn(tally)) {
                    return;
                }
                all &= page.landed().isBefore(before) && removeUnlessKept(run, page, tally);
            }
        }
        if (all) {
            removeRest(run, tally);
        }
    }

    /** @return whether it is gone */
    private boolean removeUnlessKept(Run run, Page page, RetentionTally tally) throws IOException {
        Optional<PageParties> parties = removals.needed(page).isPresent() ? Optional.empty() : parties(page);
        if (parties.isEmpty()
                || removals.mark(run, page, inForce -> coverage.of(inForce, run, parties.get()))
                        .isPresent()) {
            tally.kept();
            return false;
        }
        remove(run, page, tally);
        return true;
    }

    /** Read once; empty where it cannot be told whom the page concerns, or where it is lost. */
    private Optional<PageParties> parties(Page page) throws IOException {
        if (!landings.has(page.path())) {
            return Optional.empty();
        }
        Optional<PageParties> known = removals.parties(page);
        if (known.isPresent()) {
            return known;
        }
        try {
            PageParties read = reading.of(page);
            removals.read(page, read);
            return Optional.of(read);
        } catch (LandingCorruptException e) {
            return Optional.empty();
        } catch (LandingException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of a marked page. The run says that it lacks something before it does. */
    private void remove(Run run, Page page, RetentionTally tally) throws IOException {
        landings.noteRetention(folder(run));
        try {
            landings.remove(page.path());
        } catch (IOException e) {
            tally.failed();
            if (tally.failures() > MOST_FAILURES) {
                throw e;
            }
            // One that the store keeps, as by a policy of its own, is not to keep all others.
            LOG.warn("{} cannot be removed now, and is tried again: {}", page.path(), Printable.of(e.toString()));
            return;
        }
        removals.removed(page);
        tally.removed(page);
    }

    /** A landed page that the ledger does not know is for whoever adopts it. */
    private void removeRest(Run run, RetentionTally tally) throws IOException {
        LandingPath folder = folder(run);
        if (!landed.pages(folder).isEmpty()
                || removals.markRest(run, inForce -> coverage.of(inForce, run)).isPresent()) {
            tally.kept();
            return;
        }
        landings.noteRetention(folder);
        long objects = landings.removeAll(folder);
        removals.removedRest(run, objects);
        tally.removedRest(objects);
    }

    private static LandingPath folder(Run run) {
        return LandingPath.of(run.connector(), run.started(), run.id());
    }
}
