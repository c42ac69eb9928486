package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what lies in the landing zone and is not recorded: a page whose archiver died between landing and recording it, and runs that
 * a ledger restored from a backup has never heard of. What is first met in an adopted page is in doubt.
 */
@Component
public class Adoptions {
    private final JdbcClient jdbc;
    private final RunAudit runAudit;
    private final PageAudit pageAudit;

    Adoptions(JdbcClient jdbc, RunAudit runAudit, PageAudit pageAudit) {
        this.jdbc = jdbc;
        this.runAudit = runAudit;
        this.pageAudit = pageAudit;
    }

    /** What a run is to the ledger. */
    public enum Standing {
        UNKNOWN,
        /** Its pages are being landed and recorded at this moment: what is not recorded will be. */
        POLLING,
        /** Nothing more of it will be recorded by the one who polled it. */
        ENDED
    }

    /** One that was interrupted counts as polling: whoever goes on with it takes in what lies there. */
    public Standing standing(String run) {
        return jdbc.sql("select state, landed from run where id = ?")
                .params(run)
                .query((ResultSet row, int number) ->
                        row.getString("state").equals("RUNNING") && Sql.at(row, "landed") == null
                                ? Standing.POLLING
                                : Standing.ENDED)
                .optional()
                .orElse(Standing.UNKNOWN);
    }

    public boolean knows(String run) {
        return jdbc.sql("select count(*) from run where id = ?")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The landing paths of the pages that are recorded for a run. */
    public Set<String> recorded(String run) {
        return new HashSet<>(jdbc.sql("select path from page where run = ?")
                .params(run)
                .query(String.class)
                .list());
    }

    /**
     * Records pages of a run that has ended, in this order and under the next free numbers; one whose path is recorded is left alone.
     *
     * @param pages whose numbers do not count
     * @return how many were recorded
     */
    @Transactional
    public int adopt(List<Page> pages) {
        int adopted = 0;
        for (Page page : pages) {
            int recorded = jdbc.sql("""
                            insert into page (run, number, path, sha256, size, messages, landed, state, doubtful)
                            select ?, coalesce(max(p.number), 0) + 1, ?, ?, ?, ?, ?, 'LANDED', true from page p where p.run = ?
                            having not exists (select 1 from page same where same.run = ? and same.path = ?) on conflict do nothing""")
                    .params(
                            page.run(),
                            page.path(),
                            page.sha256(),
                            page.size(),
                            page.messages(),
                            Sql.at(page.landed()),
                            page.run(),
                            page.run(),
                            page.path())
                    .update();
            if (recorded == 1) {
                pageAudit.adopted(jdbc.sql("select * from page where run = ? and path = ?")
                        .params(page.run(), page.path())
                        .query(Pages::row)
                        .single());
            }
            adopted += recorded;
        }
        return adopted;
    }

    /**
     * Records a run that the ledger does not know, with its pages, at once: without them it would count as a run of no messages. Its
     * e-mails go into the folder that the connector's file named last.
     */
    @Transactional
    public int recreate(Run run, List<Page> pages) {
        int recorded = jdbc.sql("""
                        insert into run (id, connector, cause, dry, window_from, window_to, state, started, landed, finished, total_count, reason, detail, attempt, fully_landed, folder)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, false, (select folder from connector where id = ?)) on conflict do nothing""")
                .params(
                        run.id(),
                        run.connector(),
                        run.cause().name(),
                        run.dry(),
                        Sql.at(run.from()),
                        Sql.at(run.to()),
                        run.state().name(),
                        Sql.at(run.started()),
                        Sql.at(run.landed()),
                        Sql.at(run.finished()),
                        run.totalCount(),
                        Sql.name(run.reason()),
                        Sql.detail(run.detail()),
                        run.connector())
                .update();
        if (recorded == 1) {
            runAudit.opened(run, null);
            if (run.finished() != null) {
                runAudit.ended(run);
            }
        }
        return adopt(pages);
    }

    /** When a run started, as its id says to the millisecond; the start of the day for an id of another making. */
    public static Instant started(String run, LocalDate day) {
        return started(run)
                .filter(told -> LocalDate.ofInstant(told, ZoneOffset.UTC).equals(day))
                .orElseGet(() -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** The day in UTC on which a run started, as its id says; empty for an id of another making. */
    public static Optional<LocalDate> day(String run) {
        return started(run).map(told -> LocalDate.ofInstant(told, ZoneOffset.UTC));
    }

    private static Optional<Instant> started(String run) {
        try {
            return Optional.of(Runs.ID.parse(run.substring(0, Math.max(0, run.indexOf('-'))), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty(); // Not one of ours, which begin with the time.
        }
    }

    /** The run of a connector that started last; empty where the ledger knows none. */
    public Optional<Run> newest(String connector) {
        return jdbc.sql("select * from run where connector = ? order by id desc limit 1")
                .params(connector)
                .query(Runs::row)
                .optional();
    }

    /** When the ledger was last told of a run or a page; empty for one that knows neither. */
    public Optional<Instant> lastEntry() {
        return jdbc.sql("""
                        select max(at) as last from (select max(started) as at from run union all select max(landed) as at from run
                            union all select max(finished) as at from run union all select max(landed) as at from page) entries""")
                .query((ResultSet row, int number) -> Optional.ofNullable(Sql.at(row, "last")))
                .single();
    }
}
