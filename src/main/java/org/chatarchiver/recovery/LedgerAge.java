package org.chatarchiver.recovery;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Run;
import org.springframework.stereotype.Component;

/**
 * Tells a ledger that is older than the landing zone from one whose archiver died. A run is recorded before anything of it lands, and a
 * page before the next one is asked for. So a crash leaves at most one page number of a run unrecorded, and never a run; a ledger that
 * lacks a landed run, or two page numbers of a run that it knows, has lost what it once held.
 *
 * <p>Looks at the runs that started on the day before the newest run of the ledger or later, connector by connector, the newest first;
 * at all of them where the ledger knows none.
 */
@Component
class LedgerAge {
    private final LandedRuns landed;
    private final Adoptions ledger;

    LedgerAge(LandedRuns landed, Adoptions ledger) {
        this.landed = landed;
        this.ledger = ledger;
    }

    /**
     * What a ledger that is too old does not know.
     *
     * @param page the newest landed page that is not recorded
     * @param entry when the ledger was last told of anything; null if it is empty
     * @param cure a time before all that is not recorded
     */
    record Older(String page, Instant entry, Instant cure) {
        @Override
        public String toString() {
            return "The ledger is older than the landing zone: "
                    + (entry == null ? "it is empty" : "its newest entry is of " + entry)
                    + ", and it does not know the landed page "
                    + page + ".";
        }
    }

    /**
     * The newest page that a ledger lacks although no crash can have left it so.
     *
     * @param since from when on everything may be lacking
     */
    Optional<Older> unknown(Optional<Instant> since) throws IOException {
        Optional<LandedPage> newest = Optional.empty();
        Instant first = Instant.MAX;
        for (String connector : landed.connectors()) {
            for (LocalDate day : landed.days(connector, from(connector))) {
                List<LandingPath> runs = landed.runs(connector, day);
                for (int i = runs.size() - 1; i >= 0; i--) {
                    Optional<LandedPage> page = lacking(runs.get(i), since);
                    if (page.isPresent()) {
                        newest = newest.filter(other -> runOf(other).compareTo(runOf(page.get())) >= 0)
                                .or(() -> page);
                        Instant start = Adoptions.started(runs.get(i).run(), day);
                        first = start.isBefore(first) ? start : first;
                    }
                }
            }
        }
        Instant cure = first;
        return newest.map(
                page -> new Older(page.path(), ledger.lastEntry().orElse(null), cure.truncatedTo(ChronoUnit.SECONDS)));
    }

    private LocalDate from(String connector) {
        return ledger.newest(connector)
                .map(Run::started)
                .map(started -> LocalDate.ofInstant(started, ZoneOffset.UTC).minusDays(1))
                .orElse(LandedRuns.EARLIEST);
    }

    private Optional<LandedPage> lacking(LandingPath run, Optional<Instant> since) throws IOException {
        if (since.isPresent() && !Adoptions.started(run.run(), run.day()).isBefore(since.get())) {
            return Optional.empty();
        }
        List<LandedPage> pages = landed.pages(run);
        boolean known = ledger.knows(run.run());
        Set<Integer> recorded = known
                ? ledger.recorded(run.run()).stream()
                        .flatMap(path -> LandedPage.parse(path).stream())
                        .map(LandedPage::number)
                        .collect(Collectors.toSet())
                : Set.of();
        List<LandedPage> unrecorded =
                pages.stream().filter(page -> !recorded.contains(page.number())).toList();
        long numbers = unrecorded.stream().map(LandedPage::number).distinct().count();
        return numbers > (known ? 1 : 0) ? Optional.of(unrecorded.get(unrecorded.size() - 1)) : Optional.empty();
    }

    private static String runOf(LandedPage page) {
        return page.run().run();
    }
}
