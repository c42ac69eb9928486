package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
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
 * What retention has removed of what the ledger told of a page, once the page itself was gone: closed entries of the channels and the
 * sentences of items. An entry of which an administrator has decided stays with the decision, without owner and sentence. What is needed,
 * or held at that moment, stays. {@link RunDetails} does the same for what a run tells as a whole.
 */
@Component
public class DetailRemovals {
    /** In place of an entry's sentence. */
    static final String REMOVED = "What was said here was removed by retention.";

    private final JdbcClient jdbc;
    private final RetentionLease lease;
    private final Unsettled unsettled;
    private final Holds holds;
    private final AuditNotes audit;
    private final Clock clock;

    DetailRemovals(
            JdbcClient jdbc, RetentionLease lease, Unsettled unsettled, Holds holds, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.unsettled = unsettled;
        this.holds = holds;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A page that is gone, of which the ledger still tells.
     *
     * @param removed when the page went
     */
    public record Due(Page page, Instant removed) {}

    /**
     * Those of a connector that went before a time, in the order in which they went.
     *
     * @param after the one that they are behind; null for the first
     */
    public List<Due> due(String connector, Instant before, int limit, Due after) {
        return jdbc.sql("""
                        select p.*, m.removed from page_removal m join page p on p.run = m.run and p.number = m.page join run r on r.id = m.run
                        where m.details is null and m.removed < ? and m.removed >= ? and r.connector = ?
                            and (m.removed > ? or m.run > ? or (m.run = ? and m.page > ?))
                        order by m.removed, m.run, m.page limit ?""")
                .params(
                        Sql.at(before),
                        Sql.at(after == null ? Instant.EPOCH : after.removed()),
                        connector,
                        Sql.at(after == null ? Instant.EPOCH : after.removed()),
                        after == null ? "" : after.page().run(),
                        after == null ? "" : after.page().run(),
                        after == null ? 0 : after.page().number(),
                        limit)
                .query((ResultSet row, int number) -> new Due(Pages.row(row, number), Sql.at(row, "removed")))
                .list();
    }

    /**
     * What has gone of what the ledger told of a page.
     *
     * @param kept why it stays; null where it goes
     * @param entries of channels that are gone, or have lost owner and sentence
     * @param items whose sentence is gone
     */
    public record Outcome(Kept kept, long entries, long items) {}

    /**
     * Removes it, unless it is needed or held.
     *
     * @param held whether the holds in force cover the page
     */
    @Transactional
    public Outcome remove(Run run, Page page, Function<List<Hold>, Optional<Kept>> held) {
        Optional<Kept> kept = lease.lock()
                ? held.apply(holds.inForce()).or(() -> unsettled.of(run)).or(() -> unsettled.of(page))
                : Optional.of(Kept.because("Another archiver is at it."));
        if (kept.isPresent()) {
            return new Outcome(kept.get(), 0, 0);
        }
        String ofPage = " where run = ? and page = ? and ";
        long entries = update("""
                        delete from channel_entry where run = ? and page = ? and closed is not null and decision is null
                        and not exists (select 1 from decision d where d.entry = channel_entry.id)""", page)
                + update(
                        "update channel_entry set owner = '', detail = '" + REMOVED + "'" + ofPage
                                + "closed is not null and detail <> '" + REMOVED + "'",
                        page);
        long items = update("update item set detail = null" + ofPage + "detail is not null", page);
        jdbc.sql("update page_removal set details = ?, entries = ? where run = ? and page = ? and details is null")
                .params(Sql.at(clock.instant()), entries, page.run(), page.number())
                .update();
        if (entries + items > 0) {
            audit.note(
                    AuditAction.RETENTION_APPLIED,
                    AuditNotes.SCHEDULE,
                    run.connector(),
                    page.reference(),
                    Map.of("entries", entries, "sentences", items));
        }
        return new Outcome(null, entries, items);
    }

    private int update(String sql, Page page) {
        return jdbc.sql(sql).params(page.run(), page.number()).update();
    }

    /**
     * What has been done for a connector so far, and what is to come.
     *
     * @param pages of which the details are gone
     * @param entries of channels that went with them
     * @param waiting pages that are gone, and of which the ledger still tells
     * @param first when the first of these went; null where there is none
     */
    public record Sum(long pages, long entries, long waiting, Instant first) {
        static Sum row(ResultSet row, int number) throws SQLException {
            return new Sum(
                    row.getLong("pages"), row.getLong("entries"), row.getLong("waiting"), Sql.at(row, "first_removed"));
        }
    }

    public Sum of(String connector) {
        return jdbc.sql("""
                        select count(m.details) as pages, coalesce(sum(m.entries), 0) as entries, count(*) - count(m.details) as waiting,
                            min(case when m.details is null then m.removed end) as first_removed
                        from page_removal m join run r on r.id = m.run where r.connector = ? and m.removed is not null""").params(connector).query(Sum::row).single();
    }
}
