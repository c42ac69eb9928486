package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts runs from the ledger's rows: as many as there are with a handful of queries. */
@Component
class RunCounts {
    private final JdbcClient jdbc;
    private final Pages pages;
    private final DryCounts dryCounts;
    private final ReplayedOutcomes replayed;

    RunCounts(JdbcClient jdbc, Pages pages, DryCounts dryCounts, ReplayedOutcomes replayed) {
        this.jdbc = jdbc;
        this.pages = pages;
        this.dryCounts = dryCounts;
        this.replayed = replayed;
    }

    /** One report for each run, in their order. */
    List<RunReport> of(List<Run> runs) {
        String[] real = ids(runs, false);
        Map<String, Tally> tallies = tallies(real);
        Map<String, Long> arrived = arrived(real);
        dryCounts.of(ids(runs, true)).forEach((run, tally) -> {
            tallies.put(run, tally);
            arrived.put(run, tally.messages);
        });
        Map<String, Long> unread = unread(runs.stream().map(Run::id).toArray(String[]::new));
        Map<String, List<Page>> landed = pages.of(runs.stream().map(Run::id).toList());
        return runs.stream()
                .map(run -> report(
                        run,
                        tallies.getOrDefault(run.id(), new Tally()),
                        arrived.getOrDefault(run.id(), 0L),
                        unread.getOrDefault(run.id(), 0L),
                        landed.getOrDefault(run.id(), List.of())))
                .toList();
    }

    private static String[] ids(List<Run> runs, boolean dry) {
        return runs.stream().filter(run -> run.dry() == dry).map(Run::id).toArray(String[]::new);
    }

    private static RunReport report(Run run, Tally tally, long arrived, long unread, List<Page> pages) {
        return new RunReport(
                run,
                run.totalCount() == null ? arrived : run.totalCount(),
                arrived,
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

    private Map<String, Tally> tallies(String[] runs) {
        Map<String, Tally> tallies = new HashMap<>();
        query("""
                        select i.run, i.state as outcome, i.reason, count(*) as number
                        from unnest(cast(? as varchar array)) as wanted (wanted_run) join item i on i.run = wanted.wanted_run
                        group by i.run, i.state, i.reason
                        union all
                        select m.run, case when i.state in ('IMPORTED', 'PARTIAL') then 'SKIPPED' else i.state end as outcome, i.reason, count(*) as number
                        from unnest(cast(? as varchar array)) as wanted (wanted_run) join met_again m on m.run = wanted.wanted_run
                            join item i on i.message = m.message and i.target = m.target
                        group by m.run, i.state, i.reason""", runs, (ResultSet row) -> tallies.computeIfAbsent(row.getString("run"), run -> new Tally())
                .add(row.getString("outcome"), Sql.reason(row), row.getLong("number")));
        replayed.putBack(tallies, runs);
        return tallies;
    }

    /**
     * Distinct captures: a message id and an owner, in however many revisions. Joins, since H2 answers {@code in (... union ...)} by
     * reading the union once for every message of the ledger.
     */
    private Map<String, Long> arrived(String[] runs) {
        Map<String, Long> arrived = new HashMap<>();
        query("""
                        select met.run, count(*) as number from (
                            select i.run, case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end as source, coalesce(m.owner_key, '') as owner
                                from unnest(cast(? as varchar array)) as wanted (wanted_run)
                                join item i on i.run = wanted.wanted_run join message m on m.id = i.message and m.run = i.run
                            union select a.run, case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end, coalesce(m.owner_key, '')
                                from unnest(cast(? as varchar array)) as wanted (wanted_run)
                                join met_again a on a.run = wanted.wanted_run join message m on m.id = a.message and m.run = a.run
                            union select c.run, m.source_id, c.owner from unnest(cast(? as varchar array)) as wanted (wanted_run)
                                join capture c on c.run = wanted.wanted_run join message m on m.id = c.message
                                join item i on i.message = c.message and i.target = c.target
                            union select a.run, case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end, a.owner
                                from unnest(cast(? as varchar array)) as wanted (wanted_run)
                                join capture_met_again a on a.run = wanted.wanted_run join message m on m.id = a.message
                                where exists (select 1 from item i where i.message = a.message)
                            ) met group by met.run""", runs, (ResultSet row) -> arrived.put(row.getString("run"), row.getLong("number")));
        return arrived;
    }

    /** A replay takes pages up again, and leaves the report as it was until it has ended. */
    private Map<String, Long> unread(String[] runs) {
        Map<String, Long> unread = new HashMap<>();
        query("""
                        select p.run, count(*) as number from unnest(cast(? as varchar array)) as wanted (wanted_run)
                            join page p on p.run = wanted.wanted_run where p.state <> 'DONE'
                            and not exists (select 1 from replay r where r.run = p.run and r.finished is null) group by p.run""", runs, (ResultSet row) -> unread.put(row.getString("run"), row.getLong("number")));
        return unread;
    }

    /** @param sql with the runs as each of its parameters */
    private void query(String sql, String[] runs, RowCallbackHandler rows) {
        if (runs.length > 0) {
            int parameters = (int) sql.chars().filter(c -> c == '?').count();
            jdbc.sql(sql).params(Collections.<Object>nCopies(parameters, runs)).query(rows);
        }
    }
}
