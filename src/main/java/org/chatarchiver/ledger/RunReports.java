package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts runs and ends them when every outcome is final. */
@Component
public class RunReports {
    private static final String SKIPPED = "SKIPPED";

    private final JdbcClient jdbc;
    private final Runs runs;
    private final Pages pages;
    private final Watermarks watermarks;
    private final DryCounts dryCounts;

    RunReports(JdbcClient jdbc, Runs runs, Pages pages, Watermarks watermarks, DryCounts dryCounts) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.pages = pages;
        this.watermarks = watermarks;
        this.dryCounts = dryCounts;
    }

    @Transactional(readOnly = true)
    public Optional<RunReport> of(String id) {
        return runs.find(id).map(this::count);
    }

    private RunReport count(Run run) {
        Tally tally = run.dry() ? dryCounts.of(run.id()) : tally(run.id());
        long arrived = run.dry() ? tally.messages : arrived(run.id());
        return new RunReport(
                run,
                run.totalCount() == null ? arrived : run.totalCount(),
                arrived,
                tally.imported,
                tally.partial,
                tally.skipped,
                tally.failed,
                tally.pending,
                pages.of(run.id()));
    }

    private Tally tally(String run) {
        Tally tally = new Tally();
        jdbc.sql("""
                        select state as outcome, reason, count(*) as number from item where run = ? group by state, reason
                        union all
                        select case when i.state in ('IMPORTED', 'PARTIAL') then 'SKIPPED' else i.state end as outcome, i.reason, count(*) as number
                        from met_again m join item i on i.message = m.message and i.target = m.target
                        where m.run = ? group by i.state, i.reason""")
                .params(run, run)
                .query((ResultSet row, int number) ->
                        tally.add(row.getString("outcome"), Sql.reason(row), row.getLong("number")))
                .list();
        return tally;
    }

    /** A join, since H2 answers {@code in (... union ...)} by reading the union once for every message of the ledger. */
    private long arrived(String run) {
        return jdbc.sql("""
                        select count(distinct case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end)
                        from (select message from item where run = ? union select message from met_again where run = ?) met
                        join message m on m.id = met.message""").params(run, run).query(Long.class).single();
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
        RunReport report = count(run);
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

    /** Sums while rows are read. */
    static final class Tally {
        long imported;
        long partial;
        long skipped;
        long pending;
        long messages;
        final Map<Reason, Long> failed = new EnumMap<>(Reason.class);

        boolean add(String outcome, Reason reason, long number) {
            switch (outcome) {
                case "IMPORTED" -> imported += number;
                case "PARTIAL" -> partial += number;
                case SKIPPED -> skipped += number;
                case "FAILED" -> failed.merge(reason, number, Long::sum);
                case "MESSAGES" -> messages += number;
                default -> pending += number;
            }
            return true;
        }
    }

    /** Runs that wait for outcomes only. */
    public List<String> unfinished() {
        return runs.unfinished();
    }
}
