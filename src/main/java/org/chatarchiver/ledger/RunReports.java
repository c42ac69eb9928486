package org.chatarchiver.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reports runs and ends them when every outcome is final. */
@Component
public class RunReports {
    private static final int FEW = 10_000;

    private final JdbcClient jdbc;
    private final Runs runs;
    private final Watermarks watermarks;
    private final FailedWindows failed;
    private final RunCounts counts;
    private final DryCounts dryCounts;
    private final RunTotals totals;

    RunReports(
            JdbcClient jdbc,
            Runs runs,
            Watermarks watermarks,
            FailedWindows failed,
            RunCounts counts,
            DryCounts dryCounts,
            RunTotals totals) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.watermarks = watermarks;
        this.failed = failed;
        this.counts = counts;
        this.dryCounts = dryCounts;
        this.totals = totals;
    }

    @Transactional(readOnly = true)
    public Optional<RunReport> of(String id) {
        return runs.find(id).map(run -> of(List.of(run)).get(0));
    }

    /** One report for each run, in their order. */
    @Transactional(readOnly = true)
    public List<RunReport> of(List<Run> several) {
        return counts.of(several);
    }

    /**
     * Ends the run if its pages are done and every outcome is final; a window that turns out complete only now moves the watermark.
     *
     * @return the report of a run that this call has ended
     */
    @Transactional
    public Optional<RunReport> finish(String id) {
        Run run = runs.find(id).orElseThrow();
        if (run.state() != Run.State.RUNNING || run.landed() == null || undone(id) || waits(id)) {
            return Optional.empty();
        }
        RunReport report = counts.of(List.of(run)).get(0);
        if (report.pending() > 0) {
            return Optional.empty();
        }
        boolean complete = report.complete() && run.reason() == null;
        if (!(complete ? runs.finished(id, Run.State.COMPLETE, null, null) : incomplete(report))) {
            return Optional.empty();
        }
        dryCounts.forget(id);
        if (complete) {
            reach(run);
        } else {
            runs.fullyLanded(id, false);
        }
        return of(id);
    }

    private boolean incomplete(RunReport report) {
        Run run = report.run();
        return run.reason() != null
                ? runs.finished(run.id(), Run.State.INCOMPLETE, run.reason(), run.detail())
                : runs.finished(
                        run.id(),
                        Run.State.INCOMPLETE,
                        Reason.COUNT_DIFFERS,
                        "The source counts " + run.totalCount() + " captures of messages, " + report.arrived()
                                + " arrived");
    }

    /** The window has fully landed: moves the watermark if this kind of run does. */
    @Transactional
    public void reach(Run run) {
        if (runs.fullyLanded(run.id(), true)) {
            advance(run);
            failed.close(run.connector());
        }
    }

    private void advance(Run run) {
        if (run.movesWatermark()) {
            watermarks.advance(run.connector(), run.from(), run.to());
        }
    }

    /**
     * An administrator takes a window as it is, once it has been asked for often enough; the watermark then moves on.
     *
     * @param why for the audit log; empty where it is not said
     * @param kept since when the source has everything still: a window that begins earlier is not asked for again, and accepted at once
     */
    @Transactional
    public Acceptance accept(String id, String administrator, String why, Instant kept) {
        Optional<Run> found = runs.find(id);
        if (found.isEmpty()) {
            return new Acceptance.UnknownRun();
        }
        Run run = found.get();
        if (run.state() != Run.State.INCOMPLETE) {
            return new Acceptance.Refused("The run is " + run.state() + "; only an INCOMPLETE one can be accepted");
        }
        if (run.dry()) {
            return new Acceptance.Refused("The run was dry; there is nothing to accept");
        }
        if (run.attempt() < Runs.ATTEMPTS && !run.from().isBefore(kept)) {
            return new Acceptance.Refused("The window has been asked for " + run.attempt() + " of " + Runs.ATTEMPTS
                    + " times; the next runs ask for it again");
        }
        if (runs.accepted(id, administrator, why)) {
            advance(run);
            failed.close(run.connector());
        }
        return new Acceptance.Accepted(of(id).orElseThrow());
    }

    private boolean undone(String run) {
        return jdbc.sql("select count(*) from page where run = ? and state = 'LANDED'")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether some of it is known to wait, without counting all of it. Those that wait are few, but for a time when all do. */
    private boolean waits(String run) {
        return jdbc.sql("select count(*) from (select run from item where retry_at < " + Sql.NEVER
                                + " and state = 'RETRY' limit ?) waiting where run = ?")
                        .params(FEW, run)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Adds up what has changed in the totals of runs since it was last done: reports are the same, and quicker to be read. */
    public void addUp() {
        totals.fold();
    }

    /** Runs that wait for outcomes only. */
    public List<String> unfinished() {
        return runs.unfinished();
    }
}
