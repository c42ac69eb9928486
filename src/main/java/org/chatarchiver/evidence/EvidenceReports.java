package org.chatarchiver.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.chatarchiver.audit.AuditHead;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.TotalsCheck;
import org.springframework.stereotype.Component;

/** What is told of a run as a whole. */
@Component
class EvidenceReports {
    private final RunReports reports;
    private final TotalsCheck totals;
    private final Landings landings;

    EvidenceReports(RunReports reports, TotalsCheck totals, Landings landings) {
        this.reports = reports;
        this.totals = totals;
        this.landings = landings;
    }

    /**
     * A run and its counts.
     *
     * @param changedMeanwhile whether the lines of its items were written before something became of it
     * @param settled whether the lines of its items are to be as many as are counted
     */
    record Report(
            String run,
            String connector,
            Run.Cause cause,
            boolean dryRun,
            Instant from,
            Instant to,
            Run.State state,
            Reason reason,
            Instant started,
            Instant landed,
            Instant finished,
            Long totalCount,
            long arrived,
            long imported,
            long partiallyImported,
            long skipped,
            long failed,
            Map<Reason, Long> failedByReason,
            long pending,
            long pagesUnread,
            Instant accepted,
            String acceptedBy,
            boolean changedMeanwhile,
            boolean settled) {}

    /** @param lines of its items by their state, as they were written */
    Report of(Run run, Map<String, Long> lines) {
        RunReport report = reports.of(run.id()).orElseThrow();
        boolean alike = report.imported() == lines.getOrDefault("imported", 0L)
                && report.partiallyImported() == lines.getOrDefault("partiallyImported", 0L);
        // Where the rows of now agree with the report, it is the lines that are older. Else somebody has changed rows.
        boolean changed = !run.dry() && !alike && totals.of(run.id()).isEmpty();
        return new Report(
                run.id(),
                run.connector(),
                run.cause(),
                run.dry(),
                run.from(),
                run.to(),
                report.run().state(),
                report.run().reason(),
                run.started(),
                report.run().landed(),
                report.run().finished(),
                report.run().totalCount(),
                report.arrived(),
                report.imported(),
                report.partiallyImported(),
                report.skipped(),
                report.failed(),
                report.failedByReason(),
                report.pending(),
                report.unread(),
                report.run().accepted(),
                report.run().acceptedBy(),
                changed,
                !run.dry() && !changed && report.run().finished() != null && report.pending() == 0);
    }

    /** The end of the audit log in the manifest of a run. @param seq 0 where there is none that can be read */
    record Head(String of, long seq, String hash) {}

    /** Null where the run has no manifest, as one that is dry or has not landed. */
    Head head(Run run) throws IOException {
        String name = "the manifest of run " + run.id();
        try {
            return landings.manifest(LandingPath.of(run.connector(), run.started(), run.id()))
                    .map(Manifest::audit)
                    .map(head -> head(name, head))
                    .orElse(null);
        } catch (JsonProcessingException e) {
            return new Head(name + ", which cannot be read any more,", Long.MAX_VALUE, "");
        }
    }

    static Head head(String of, AuditHead head) {
        return new Head(of, head.seq(), head.hash());
    }
}
