package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reports runs by their totals: as many as there are with a handful of queries, none of which reads an item. */
@Component
class RunCounts {
    private final JdbcClient jdbc;
    private final Pages pages;
    private final RunTotals totals;

    RunCounts(JdbcClient jdbc, Pages pages, RunTotals totals) {
        this.jdbc = jdbc;
        this.pages = pages;
        this.totals = totals;
    }

    /** One report for each run, in their order. */
    List<RunReport> of(List<Run> runs) {
        List<String> ids = runs.stream().map(Run::id).toList();
        Map<String, Tally> tallies = totals.of(ids);
        Map<String, Long> unread = unread(ids);
        Map<String, List<Page>> landed = pages.of(ids);
        return runs.stream()
                .map(run -> report(
                        run,
                        tallies.get(run.id()),
                        unread.getOrDefault(run.id(), 0L),
                        landed.getOrDefault(run.id(), List.of())))
                .toList();
    }

    private static RunReport report(Run run, Tally tally, long unread, List<Page> pages) {
        return new RunReport(
                run,
                run.totalCount() == null ? tally.arrived : run.totalCount(),
                tally.arrived,
                tally.imported,
                tally.partial,
                tally.partially,
                tally.skipped,
                tally.failed,
                tally.pending,
                unread,
                tally.waiting,
                tally.waitingByReason,
                pages);
    }

    /** A replay takes pages up again, and leaves the report as it was until it has ended. */
    private Map<String, Long> unread(List<String> runs) {
        Map<String, Long> unread = new HashMap<>();
        jdbc.sql("""
                        select p.run, count(*) as number from unnest(cast(? as varchar array)) as wanted (wanted_run)
                            join page p on p.run = wanted.wanted_run where p.state = 'LANDED'
                            and not exists (select 1 from replay r where r.run = p.run and r.finished is null) group by p.run""").param(runs.toArray(String[]::new)).query((ResultSet row) -> {
            unread.put(row.getString("run"), row.getLong("number"));
        });
        return unread;
    }
}
