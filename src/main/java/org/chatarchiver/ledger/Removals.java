package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What retention has removed from the landing zone, page by page. A page is marked before its bytes go, so that their loss is told from
 * an accident; whoever finds a marked page behind a crash ends it. What is needed, or held at that moment, is never marked.
 */
@Component
public class Removals {
    private static final String PAGE = " where run = ? and page = ?";

    private final JdbcClient jdbc;
    private final RetentionLease lease;
    private final Unsettled unsettled;
    private final Holds holds;
    private final AuditNotes audit;
    private final Clock clock;

    Removals(JdbcClient jdbc, RetentionLease lease, Unsettled unsettled, Holds holds, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.unsettled = unsettled;
        this.holds = holds;
        this.audit = audit;
        this.clock = clock;
    }

    /** What of a run is still kept. */
    public enum Keeping {
        ALL,
        /** Its pages in the landing zone are gone. */
        LEDGER,
        /** What the ledger told of them is gone as well ({@link RunDetails}), but for what its messages are known by. */
        IDENTITIES
    }

    /**
     * Runs of a connector of which so much is kept, by id, behind the run {@code after}.
     *
     * @param before when they started
     */
    public List<Run> runs(String connector, Keeping kept, Instant before, int limit, String after) {
        return jdbc.sql(
                        "select * from run where connector = ? and kept = ? and id > ? and started < ? order by id limit ?")
                .params(connector, kept.name(), after, Sql.at(before), limit)
                .query(Runs::row)
                .list();
    }

    /** Why a run as a whole is still needed; empty for nothing. */
    public Optional<Kept> needed(Run run) {
        return unsettled.of(run);
    }

    /** Why one of its pages is still needed; empty for nothing. */
    public Optional<Kept> needed(Page page) {
        return unsettled.of(page);
    }

    /** Whom a page concerns; empty where it has not been read for that. */
    public Optional<PageParties> parties(Page page) {
        return jdbc.sql("select parties, unclear from page_parties" + PAGE)
                .params(page.run(), page.number())
                .query((ResultSet row, int number) ->
                        PageParties.of(row.getBytes("parties"), row.getBoolean("unclear")))
                .optional();
    }

    public void read(Page page, PageParties parties) {
        jdbc.sql("insert into page_parties (run, page, parties, unclear) values (?, ?, ?, ?) on conflict do nothing")
                .params(page.run(), page.number(), parties.bytes(), parties.unclear())
                .update();
    }

    /**
     * Marks a page whose parties are known, so that its bytes may go, unless it is needed or held.
     *
     * @param held whether the holds in force cover it
     * @return why it stays; empty where it goes
     */
    @Transactional
    public Optional<Kept> mark(Run run, Page page, Function<List<Hold>, Optional<Kept>> held) {
        if (!lease.lock()) {
            return Optional.of(Kept.because("Another archiver is at it."));
        }
        Optional<Kept> kept =
                held.apply(holds.inForce()).or(() -> unsettled.of(run)).or(() -> unsettled.of(page));
        if (kept.isEmpty()) {
            jdbc.sql("insert into page_removal (run, page, marked) values (?, ?, ?) on conflict do nothing")
                    .params(page.run(), page.number(), Sql.at(clock.instant()))
                    .update();
            jdbc.sql("update page set state = 'REMOVED' where run = ? and number = ?")
                    .params(page.run(), page.number())
                    .update();
            note(
                    run,
                    page.reference(),
                    Map.of("sha256", page.sha256(), "bytes", page.size(), "messages", page.messages()));
        }
        return kept;
    }

    /** Its bytes are gone. */
    public void removed(Page page) {
        jdbc.sql("update page_removal set removed = ?" + PAGE + " and removed is null")
                .params(Sql.at(clock.instant()), page.run(), page.number())
                .update();
    }

    /** Pages that were marked, and whose bytes may still be there: those of a process that died meanwhile. */
    public List<Page> marked() {
        return jdbc.sql(
                        "select p.* from page_removal m join page p on p.run = m.run and p.number = m.page where m.removed is null order by p.run, p.number")
                .query(Pages::row)
                .list();
    }

    /** A hold has come before its bytes went: it is as if it had never been marked. */
    @Transactional
    public void spare(Run run, Page page) {
        note(run, page.reference(), Map.of("sha256", page.sha256(), "spared", true));
        jdbc.sql("delete from page_removal" + PAGE + " and removed is null")
                .params(page.run(), page.number())
                .update();
        jdbc.sql("update page set state = 'DONE' where run = ? and number = ? and state = 'REMOVED'")
                .params(page.run(), page.number())
                .update();
    }

    /**
     * Marks what lies beside the pages of a run, all of which are gone, unless it is needed or held.
     *
     * @return why it stays; empty where it goes
     */
    @Transactional
    public Optional<Kept> markRest(Run run, Function<List<Hold>, Optional<Kept>> held) {
        if (!lease.lock()) {
            return Optional.of(Kept.because("Another archiver is at it."));
        }
        Optional<Kept> kept = held.apply(holds.inForce()).or(() -> unsettled.of(run));
        if (kept.isEmpty()) {
            jdbc.sql("insert into run_removal (run, marked) values (?, ?) on conflict do nothing")
                    .params(run.id(), Sql.at(clock.instant()))
                    .update();
        }
        return kept;
    }

    /** Nothing of a run is in the landing zone any more but its manifest. */
    @Transactional
    public void removedRest(Run run, long objects) {
        jdbc.sql("update run_removal set removed = ?, objects = coalesce(objects, 0) + ? where run = ?")
                .params(Sql.at(clock.instant()), objects, run.id())
                .update();
        jdbc.sql("update run set kept = 'LEDGER' where id = ? and kept = 'ALL'")
                .params(run.id())
                .update();
        note(run, run.id(), Map.of("objects", objects));
    }

    private void note(Run run, String subject, Map<String, ?> detail) {
        audit.note(AuditAction.RETENTION_APPLIED, AuditNotes.SCHEDULE, run.connector(), subject, detail);
    }

    /** When pages of a run were removed, by their numbers; those that are there are missing. */
    public Map<Integer, Instant> of(String run) {
        Map<Integer, Instant> removed = new HashMap<>();
        jdbc.sql("select page, marked from page_removal where run = ?")
                .params(run)
                .query((ResultSet row) -> {
                    removed.put(row.getInt("page"), Sql.at(row, "marked"));
                });
        return removed;
    }

    /**
     * Why a run cannot be read from the landing zone any more, with the items that it met although they are the doing of other runs;
     * one sentence, empty where all is there.
     */
    public Optional<String> gone(String run) {
        return jdbc.sql("""
                        select p.run, p.page, p.marked from page_removal p where p.run = ?
                        union all
                        select p.run, p.page, p.marked from met_again m join item i on i.message = m.message and i.target = m.target
                            join page_removal p on p.run = i.run and p.page = i.page where m.run = ? order by run, page limit 1""").params(run, run).query(Removals::sentence).list().stream()
                .findFirst();
    }

    private static String sentence(ResultSet row, int number) throws SQLException {
        return "Page " + row.getInt("page") + " of the run " + row.getString("run") + " was removed by retention on "
                + Sql.at(row, "marked");
    }

    /**
     * What retention has done for a connector so far.
     *
     * @param pages that are gone from the landing zone
     * @param messages in them
     * @param bytes of them, plain
     */
    public record Sum(long pages, long messages, long bytes, Instant last) {}

    /** Since a time. */
    public Sum since(String connector, Instant since) {
        return jdbc.sql("""
                        select count(*) as pages, coalesce(sum(p.messages), 0) as messages, coalesce(sum(p.size), 0) as bytes, max(m.removed) as last
                        from page_removal m join page p on p.run = m.run and p.number = m.page join run r on r.id = m.run
                        where m.removed >= ? and r.connector = ?""")
                .params(Sql.at(since), connector)
                .query((ResultSet row, int number) -> new Sum(
                        row.getLong("pages"), row.getLong("messages"), row.getLong("bytes"), Sql.at(row, "last")))
                .single();
    }
}
