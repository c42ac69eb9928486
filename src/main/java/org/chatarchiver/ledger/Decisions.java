package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What administrators have decided of entries of the channels: that no more is done for them (product.md 11). A closed entry is neither
 * requeued with others nor counted as open, nor is the route of its channel told of it if it was not yet; its item is failed as before,
 * and a failure of the same kind leaves it closed. A delivery, as of what was on its way, closes it once more; where a requeue that was
 * on its way has other items come in its item's place, that closes it, and no decision does. A decision that is taken back leaves the
 * entry as if it had just come into its channel.
 */
@Component
public class Decisions {
    /** Of a reason, in characters. */
    public static final int LONGEST_REASON = 500;

    private static final int LONGEST_NAME = 200;

    /** It was not delivered all the same. */
    private static final String STANDS = "decision is not null and closed_by <> 'delivery'";

    /** Nothing can be tried again from its page. */
    private static final String REMOVED =
            "exists (select 1 from page_removal p where p.run = channel_entry.run and p.page = channel_entry.page)";

    private static final String ENTRIES =
            " from decision d join channel_entry e on e.id = d.entry and e.decision = d.id";
    private static final String ITEM = " join item i on i.message = e.message and i.target = e.target";
    private static final String MET_BY_RUN =
            " and (e.run = ? or exists (select 1 from met_again m where m.run = ? and m.message = e.message and m.target = e.target))";

    /** Failures, which are items. */
    private static final String OF_RUN = ENTRIES + ITEM + " where i.state = 'FAILED'" + MET_BY_RUN;

    /** Polls, which have no item, too. */
    private static final String LISTED_OF_RUN =
            ENTRIES + " left" + ITEM + " where (e.message is null or i.state = 'FAILED')" + MET_BY_RUN;

    private final JdbcClient jdbc;
    private final RetentionLease lease;
    private final JdbcTemplate batch;
    private final AuditNotes audit;
    private final Clock clock;

    Decisions(JdbcClient jdbc, RetentionLease lease, JdbcTemplate batch, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.batch = batch;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One that stands.
     *
     * @param by the administrator's name
     * @param why in his words
     */
    public record Decision(Instant at, String by, String why) {
        /** Of the columns decided, decided_by and why; null where there is none. */
        static Decision row(ResultSet row) throws SQLException {
            Instant at = Sql.at(row, "decided");
            return at == null ? null : new Decision(at, row.getString("decided_by"), row.getString("why"));
        }

        /** That which has taken one back: of the columns reopened, reopened_by and reopened_why; null where there is none. */
        static Decision reopening(ResultSet row) throws SQLException {
            Instant at = Sql.at(row, "reopened");
            return at == null ? null : new Decision(at, row.getString("reopened_by"), row.getString("reopened_why"));
        }
    }

    /**
     * Closes open entries of a channel; those that are not open, or of another channel, are left alone.
     *
     * @param why not empty, at most {@value #LONGEST_REASON} characters
     * @return how many were closed
     */
    @Transactional
    public int close(Channel channel, List<Long> ids, String administrator, String why) {
        // Locked first, in one order: of two who close the same entry one does, and no decision is without its entry.
        List<Long> open = jdbc.sql(
                        "select id from channel_entry where channel = ? and closed is null and id = any(?) order by id for update")
                .params(channel.name(), ids.toArray(Long[]::new))
                .query(Long.class)
                .list();
        Instant now = clock.instant();
        String who = Sql.text(administrator, LONGEST_NAME);
        batch.batchUpdate(
                """
                insert into decision (entry, channel, reason, decided, decided_by, why)
                select id, channel, reason, cast(? as timestamp with time zone), cast(? as varchar), cast(? as varchar)
                from channel_entry where id = ?""",
                open.stream()
                        .map(id -> new Object[] {Sql.at(now), who, Sql.text(why, LONGEST_REASON), id})
                        .toList());
        batch.batchUpdate(
                "update channel_entry set closed = ?, closed_by = ?, tell_at = null, decision = (select max(d.id) from decision d where d.entry = channel_entry.id) where id = ?",
                open.stream().map(id -> new Object[] {Sql.at(now), who, id}).toList());
        note(AuditAction.ENTRIES_CLOSED, channel, open, administrator, why);
        return open.size();
    }

    /**
     * Takes back the decisions that have closed entries of a channel; entries that none has closed, that were delivered all the same, whose
     * pages retention has removed, or that are of another channel are left alone.
     *
     * @param why not empty, at most {@value #LONGEST_REASON} characters
     * @return how many are open again
     */
    @Transactional
    public int reopen(Channel channel, List<Long> ids, String administrator, String why) {
        lease.lock();
        List<Long> closed = jdbc.sql("select id from channel_entry where channel = ? and id = any(?) and " + STANDS
                        + " and not " + REMOVED + " order by id for update")
                .params(channel.name(), ids.toArray(Long[]::new))
                .query(Long.class)
                .list();
        Object now = Sql.at(clock.instant());
        String who = Sql.text(administrator, LONGEST_NAME);
        String reason = Sql.text(why, LONGEST_REASON);
        batch.batchUpdate(
                """
                insert into reopening (decision, reopened, reopened_by, why)
                select decision, cast(? as timestamp with time zone), cast(? as varchar), cast(? as varchar)
                from channel_entry where id = ?""",
                closed.stream().map(id -> new Object[] {now, who, reason, id}).toList());
        batch.batchUpdate(
                """
                update channel_entry set closed = null, closed_by = null, decision = null, reopened = ?, reopened_by = ?, reopened_why = ?,
                    tell_at = ?, tell_failed = 0 where id = ?""",
                closed.stream()
                        .map(id -> new Object[] {now, who, reason, now, id})
                        .toList());
        note(AuditAction.ENTRIES_REOPENED, channel, closed, administrator, why);
        return closed.size();
    }

    private void note(AuditAction action, Channel channel, List<Long> entries, String administrator, String why) {
        if (!entries.isEmpty()) {
            audit.note(
                    action,
                    administrator,
                    channel.id(),
                    Map.of("reason", why, "number", entries.size(), "entries", AuditNotes.some(entries)));
        }
    }

    /** Those of the ids that no entry of the channel has which a decision keeps closed. */
    public List<Long> notClosed(Channel channel, List<Long> ids) {
        Set<Long> closed =
                new HashSet<>(jdbc.sql("select id from channel_entry where channel = ? and id = any(?) and " + STANDS)
                        .params(channel.name(), ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
        return ids.stream().filter(id -> !closed.contains(id)).toList();
    }

    /** Those of the ids whose pages retention has removed, so that nothing of them can be tried again. */
    public List<Long> removed(Channel channel, List<Long> ids) {
        return jdbc.sql("select id from channel_entry where channel = ? and id = any(?) and " + REMOVED
                        + " order by id")
                .params(channel.name(), ids.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    /**
     * The entries of a channel that a decision has closed, delivered meanwhile or not; oldest first, behind the entry {@code after}.
     *
     * @param connector only of this one; empty for all
     * @param reason only of this one; null for all
     */
    public List<Channels.Entry> list(Channel channel, String connector, Reason reason, int limit, long after) {
        String name = Channels.name(reason);
        return jdbc.sql(Channels.COLUMNS
                        + " from decision d join channel_entry e on e.id = d.entry and e.decision = d.id where d.channel = ? and d.entry > ?"
                        + Channels.CHOSEN + " order by d.channel, d.entry limit ?")
                .params(channel.name(), after, connector, connector, name, name, limit)
                .query(Channels::row)
                .list();
    }

    /** Those of a run that are failed still, its own polls and what it met again among them; oldest first, behind the entry {@code after}. */
    public List<Channels.Entry> ofRun(String run, int limit, long after) {
        return jdbc.sql("select * from (" + Channels.COLUMNS + LISTED_OF_RUN
                        + ") closed_entry where id > ? order by id limit ?")
                .params(run, run, after, limit)
                .query(Channels::row)
                .list();
    }

    /** How many of the failures of a run a decision has closed. */
    public long number(String run) {
        return jdbc.sql("select count(*)" + OF_RUN)
                .params(run, run)
                .query(Long.class)
                .single();
    }

    /** Failures of a run that were closed at once. */
    public record Closed(Decision decision, long failures) {}

    /** By time, the first so many. */
    public List<Closed> summed(String run, int limit) {
        return jdbc.sql("select d.decided, d.decided_by, d.why, count(*) as number" + OF_RUN
                        + " group by d.decided, d.decided_by, d.why order by d.decided, d.decided_by, d.why limit ?")
                .params(run, run, limit)
                .query((ResultSet row, int number) -> new Closed(Decision.row(row), row.getLong("number")))
                .list();
    }
}
