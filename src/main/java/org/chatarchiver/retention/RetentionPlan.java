package org.chatarchiver.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.Kept;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.Run;
import org.springframework.stereotype.Component;

/** Tells what goes when, and what stays and why, as it is at the moment it is asked. */
@Component
public class RetentionPlan {
    private static final int RUNS_AT_ONCE = 50;

    private final RetentionProperties properties;
    private final Removals removals;
    private final DetailRemovals details;
    private final Holds holds;
    private final Pages pages;
    private final Coverage coverage;
    private final Clock clock;

    RetentionPlan(
            RetentionProperties properties,
            Removals removals,
            DetailRemovals details,
            Holds holds,
            Pages pages,
            Coverage coverage,
            Clock clock) {
        this.properties = properties;
        this.removals = removals;
        this.details = details;
        this.holds = holds;
        this.pages = pages;
        this.coverage = coverage;
        this.clock = clock;
    }

    /**
     * For a connector that has a period.
     *
     * @param before pages that landed before it go
     * @param removed so far
     * @param details of what the ledger tells of pages that are gone
     */
    public record Connector(
            RetentionProperties.Period period, Instant before, Removals.Sum removed, DetailRemovals.Sum details) {
        /** When the next details go; null where none do, or there are none. */
        public Instant detailsGo() {
            return period.ledger() == null || details.first() == null
                    ? null
                    : details.first().plus(period.ledger());
        }
    }

    public List<Connector> connectors() {
        return properties.connectors().stream()
                .map(period -> new Connector(
                        period,
                        clock.instant().minus(period.landing()),
                        removals.since(period.id(), Instant.EPOCH),
                        details.of(period.id())))
                .toList();
    }

    /**
     * A page that is in the landing zone.
     *
     * @param goes when it is as old as it is to be kept
     * @param kept why it does not go then, as things stand; null where nothing keeps it
     */
    public record Planned(Page page, Instant goes, Kept kept) {
        /** Where a list goes on behind it. */
        public String place() {
            return page.reference();
        }
    }

    /** Whether anything is ever removed of the connector. */
    public boolean has(String connector) {
        return properties.of(connector).isPresent();
    }

    /**
     * The pages of a connector by run and number, behind a page.
     *
     * @param connector one that {@linkplain #has has} a period
     * @param afterRun empty for the beginning
     */
    public List<Planned> pages(String connector, int limit, String afterRun, int afterPage) {
        RetentionProperties.Period period = properties.of(connector).orElseThrow();
        List<Hold> inForce = holds.inForce();
        List<Planned> planned = new ArrayList<>();
        String after = afterRun.isEmpty() ? "" : before(afterRun);
        while (planned.size() < limit) {
            List<Run> some = removals.runs(connector, Removals.Keeping.ALL, clock.instant(), RUNS_AT_ONCE, after);
            if (some.isEmpty()) {
                return planned;
            }
            for (Run run : some) {
                if (planned.size() < limit && run.id().compareTo(afterRun) >= 0) {
                    add(run, run.id().equals(afterRun) ? afterPage : 0, period, inForce, limit, planned);
                }
                after = run.id();
            }
        }
        return planned;
    }

    /** In front of the id of the run, and of few others. */
    private static String before(String run) {
        return run.substring(0, run.length() - 1);
    }

    private void add(
            Run run,
            int behind,
            RetentionProperties.Period period,
            List<Hold> inForce,
            int limit,
            List<Planned> planned) {
        Optional<Kept> whole = coverage.of(inForce, run).or(() -> removals.needed(run));
        Map<Integer, Instant> gone = removals.of(run.id());
        for (Page page : pages.of(run.id())) {
            if (planned.size() < limit && page.number() > behind && !gone.containsKey(page.number())) {
                Optional<Kept> kept = whole.or(() -> removals.needed(page)).or(() -> persons(inForce, run, page));
                planned.add(new Planned(page, page.landed().plus(period.landing()), kept.orElse(null)));
            }
        }
    }

    private Optional<Kept> persons(List<Hold> inForce, Run run, Page page) {
        if (!Coverage.persons(inForce)) {
            return Optional.empty();
        }
        return removals.parties(page)
                .map(parties -> coverage.of(inForce, run, parties))
                .orElseGet(() -> Optional.of(new Kept(
                        null, "Whom it concerns is read when it is due, and held against the holds on persons.")));
    }
}
