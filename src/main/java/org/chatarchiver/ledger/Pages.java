package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Landed pages: LANDED until every item in them has an outcome, then DONE; REMOVED where retention has taken them out of the landing zone. */
@Component
public class Pages {
    /**
     * From the few items that are due to their pages, never the other way: H2 takes outer joins in the order in which they stand, and would
     * read all pages of the connectors for inner ones.
     */
    private static final String WAITING = """
            select p.* from (select distinct i.run, i.page from item i where i.state = 'RETRY' and i.retry_at <= ?) due
            left join page p on p.run = due.run and p.number = due.page left join run r on r.id = due.run
            where p.state = 'DONE' and r.connector = any(?)""";

    private static final String IDLE =
            "(p.queued_until is null or p.queued_until < current_timestamp) and (p.worker is null or p.worker_until < current_timestamp)";

    private final JdbcClient jdbc;
    private final RunTotals totals;
    private final Intents intents;
    private final SearchLists lists;
    private final CaptureCounts days;
    private final PageAudit audit;
    private final Clock clock;

    Pages(
            JdbcClient jdbc,
            RunTotals totals,
            Intents intents,
            SearchLists lists,
            CaptureCounts days,
            PageAudit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.intents = intents;
        this.lists = lists;
        this.days = days;
        this.audit = audit;
        this.clock = clock;
    }

    /** Records a page that has just landed; recording it twice changes nothing. */
    @Transactional
    public void landed(Page page) {
        int recorded = jdbc.sql(
                        "insert into page (run, number, path, sha256, size, messages, landed, state) values (?, ?, ?, ?, ?, ?, ?, 'LANDED') on conflict do nothing")
                .params(
                        page.run(),
                        page.number(),
                        page.path(),
                        page.sha256(),
                        page.size(),
                        page.messages(),
                        Sql.at(page.landed()))
                .update();
        if (recorded == 1) {
            audit.landed(page);
        }
    }

    /** Empty if the ledger knows no such page. */
    public Optional<Page> find(String reference) {
        return PageReference.of(reference).flatMap(page -> jdbc.sql("select * from page where run = ? and number = ?")
                .params(page.run(), page.number())
                .query(Pages::row)
                .optional());
    }

    public void done(Page page) {
        done(page, List.of());
    }

    /** @param captures that it was the first to meet, all of them; for one that was done before they are of no account */
    public void done(Page page, List<CaptureCounts.Brought> captures) {
        intents.end(List.of(new Intents.PageKey(page.run(), page.number())));
        // First: a page that is not done yet, as after a crash, comes here again.
        lists.wanted(page);
        days.add(page, captures);
        audit.delivered(page);
        jdbc.sql("update page set state = 'DONE', named = true where run = ? and number = ? and state <> 'REMOVED'")
                .params(page.run(), page.number())
                .update();
        jdbc.sql("update channel_entry set closed = ?, closed_by = 'delivery' where subject = ? and closed is null")
                .params(Sql.at(clock.instant()), Failure.pageSubject(page.run(), page.number()))
                .update();
        totals.foldMany();
    }

    /**
     * @param done whether it was archived to its end before, and is taken up only for what waits in it
     * @param doubtful whether what is first met in it may be at the destination already
     */
    public record Work(boolean done, boolean doubtful) {}

    /** What there is to do in a page now; empty for nothing, as in one that is removed. */
    public Optional<Work> state(Page page) {
        return jdbc.sql("select state, doubtful from page where run = ? and number = ? and state <> 'REMOVED'")
                .params(page.run(), page.number())
                .query((ResultSet row, int number) ->
                        new Work(row.getString("state").equals("DONE"), row.getBoolean("doubtful")))
                .optional()
                .filter(work -> !work.done() || waits(page));
    }

    private boolean waits(Page page) {
        return jdbc.sql("select count(*) from item where run = ? and page = ? and state = 'RETRY' and retry_at <= ?")
                        .params(page.run(), page.number(), Sql.at(clock.instant()))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether some of it was being sent when its work was last broken off, or is being sent now. */
    public boolean inDoubt(Page page) {
        // In this order: what has no row now may have one in a moment.
        return intents.isOpen(new Intents.PageKey(page.run(), page.number()))
                || jdbc.sql("select exists (select 1 from item where run = ? and page = ? and state = 'SENDING')")
                        .params(page.run(), page.number())
                        .query(Boolean.class)
                        .single();
    }

    public List<Page> of(String run) {
        return of(List.of(run)).getOrDefault(run, List.of());
    }

    /** Of several runs, each run's in their order; a run without any is missing. */
    Map<String, List<Page>> of(List<String> runs) {
        return jdbc
                .sql(
                        "select p.* from unnest(cast(? as varchar array)) as wanted (wanted_run) join page p on p.run = wanted.wanted_run order by p.run, p.number")
                .param(runs.toArray(String[]::new))
                .query(Pages::row)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Page::run));
    }

    /**
     * Pages to be queued: not done, or with items whose next try is due; and neither queued already nor in anybody's work. Oldest first.
     */
    public List<Page> due(int limit, List<String> connectors) {
        String[] names = connectors.toArray(String[]::new);
        return jdbc.sql("select p.* from page p left join run r on r.id = p.run"
                        + " where p.state = 'LANDED' and r.connector = any(?) and " + IDLE + " union all " + WAITING
                        + " and " + IDLE + " order by landed, run, number limit ?")
                .params(names, Sql.at(clock.instant()), names, limit)
                .query(Pages::row)
                .list();
    }

    /** Pages that are done but for items whose next try is due. Oldest first. */
    public List<Page> waiting(int limit, List<String> connectors) {
        return jdbc.sql(WAITING + " order by p.landed, p.run, p.number limit ?")
                .params(Sql.at(clock.instant()), connectors.toArray(String[]::new), limit)
                .query(Pages::row)
                .list();
    }

    /** When the first item that waits beyond this time is tried again. */
    public Optional<Instant> nextTry(Instant after) {
        return jdbc.sql("select retry_at from item where retry_at > ? and retry_at < " + Sql.NEVER
                        + " order by retry_at limit 1")
                .params(Sql.at(after))
                .query((row, number) -> Sql.at(row, "retry_at"))
                .optional();
    }

    static Page row(ResultSet row, int number) throws SQLException {
        return new Page(
                row.getString("run"),
                row.getInt("number"),
                row.getString("path"),
                row.getString("sha256"),
                row.getLong("size"),
                row.getLong("messages"),
                Sql.at(row, "landed"));
    }
}
