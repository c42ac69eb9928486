package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.COUNT_DIFFERS;
import static org.chatarchiver.ledger.DifferenceKind.PAGE_UNKNOWN;
import static org.chatarchiver.ledger.DifferenceKind.TOTAL_DIFFERS;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Body;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.TotalsCheck;
import org.springframework.stereotype.Component;

/** What can be said of a run as a whole: the source's count, the report's totals, and pages that the ledger does not know. */
@Component("runCheck")
public class RunCheck {
    private final TotalsCheck totals;
    private final Evidence evidence;
    private final LandedRuns landed;

    RunCheck(TotalsCheck totals, Evidence evidence, LandedRuns landed) {
        this.totals = totals;
        this.evidence = evidence;
        this.landed = landed;
    }

    public void check(@Body Verification verification) throws IOException {
        if (verification.isResumed()) {
            return;
        }
        count(verification);
        for (TotalsCheck.Difference total : totals.of(verification.run().id())) {
            verification.found(Difference.of(TOTAL_DIFFERS, verification.run().id(), sentence(total)));
        }
        unknownPages(verification);
    }

    private static void count(Verification verification) {
        RunReport report = verification.report();
        Run run = report.run();
        if (run.totalCount() != null && run.totalCount() != report.arrived()) {
            verification.found(Difference.of(
                    COUNT_DIFFERS,
                    run.id(),
                    "The source has told of " + run.totalCount() + " messages in this window, and " + report.arrived()
                            + " have arrived"
                            + (run.acceptedBy() == null
                                    ? "; ask for the window again by a back-fill, and ask TeleMessage about it if that says the same"
                                    : "; " + run.acceptedBy() + " has accepted that on " + run.accepted())));
        }
    }

    private static String sentence(TotalsCheck.Difference total) {
        return "The report says " + total.kept() + " " + total.outcome()
                + (total.reason() == null ? "" : " (" + total.reason() + ")") + ", and the rows of the ledger say "
                + total.counted()
                + ": rows were changed, added or removed past the archiver; compare with a backup of the ledger";
    }

    /** Another attempt at a page that is known is none: it lies there where other bytes have held the first name. */
    private void unknownPages(Verification verification) throws IOException {
        Run run = verification.run();
        Set<Integer> known = new HashSet<>();
        Set<String> paths = new HashSet<>();
        evidence.pages(run.id()).forEach(kept -> {
            known.add(kept.page().number());
            paths.add(kept.page().path());
        });
        for (LandedPage page : landed.pages(LandingPath.of(run.connector(), run.started(), run.id()))) {
            // By its path first: pages that were taken in have other numbers than their files.
            if (!paths.contains(page.path()) && known.add(page.number())) {
                verification.found(
                        new Difference(
                                PAGE_UNKNOWN,
                                run.id(),
                                page.number(),
                                null,
                                null,
                                null,
                                "The landing zone has " + page.path()
                                        + ", which the ledger does not know: somebody has put it there, or has removed its row from the ledger;"
                                        + " the audit log has an entry PAGE_LANDED for each page that the archiver has landed"));
            }
        }
    }
}
