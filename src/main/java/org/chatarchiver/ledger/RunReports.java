package org.chatarchiver.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reports runs and ends them when every outcome is final. */
@Component
public class RunReports {
    private final JdbcClient jdbc;
    private final Runs runs;
    private final Watermarks watermarks;
    private final RunCounts counts;

    RunReports(JdbcClient jdbc, Runs runs, Watermarks watermarks, RunCounts counts) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.watermarks = watermarks;
        this.counts = counts;
    }

    @Transactional(readOnly = true)
    public Optional<RunReport> of(String id) {
        return runs.find(id).map(run -> counts.of(List.of(run)).get(0));
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
        if (run.state() != Run.State.RUNNING || run.landed() == null || undone(id)) {
            return Optional.empty();
        }
        RunReport report = counts.of(List.of(run)).get(0);
        if (report.pending() > 0) {
            return Optional.empty();
        }
        boolean ended = report.complete()
                ? runs.finished(id, Run.State.COMPLETE, null, null)
                : runs.finished(
                        id,
                        Run.State.INCOMPLETE,
                        Reason.COUNT_DIFFERS,
                        "The source counts " + run.totalCount() + " messages, " + report.arrived() + " arrived");
        if (ended && report.complete()) {
            reach(run);
        }
        return ended ? of(id) : Optional.empty();
    }

    /** The window has fully landed: moves the watermark if this kind of run does. */
    public void reach(Run run) {
        if (run.movesWatermark()) {
            watermarks.advance(run.connector(), run.from(), run.to());
        }
    }

    private boolean undone(String run) {
        return jdbc.sql("select count(*) from page where run = ? and state <> 'DONE'")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Runs that wait for outcomes only. */
    public List<String> unfinished() {
        return runs.unfinished();
    }
}
