package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The entries of the error channels. An entry leaves by delivery or by an administrator's decision. */
@Component
public class Channels {
    private static final int LONGEST_NAME = 200;
    /** Of entries requeued at once, so that memory does not grow with the channel. */
    private static final int MOST_IDS = 1_000_000;

    static final String COLUMNS =
            "select e.*, (select r.rule from item r where r.message = e.message and r.target = e.target) as rule, d.decided, d.decided_by, d.why ";

    /** Of one connector and one reason, each given twice; empty for all. */
    static final String CHOSEN = " and (? = '' or e.connector = ?) and (? = '' or e.reason = ?)";

    static final String ENTRIES = COLUMNS + "from channel_entry e left join decision d on d.id = e.decision where ";

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final ItemTotals totals;
    private final Arrivals arrivals;
    private final Intents intents;
    private final AuditNotes audit;
    private final Clock clock;

    Channels(
            JdbcClient jdbc,
            JdbcTemplate batch,
            ItemTotals totals,
            Arrivals arrivals,
            Intents intents,
            AuditNotes audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.totals = totals;
        this.arrivals = arrivals;
        this.intents = intents;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One entry of a channel.
     *
     * @param page null where a poll failed
     * @param position in the page, from 0; null where a poll or a page as a whole failed
     * @param mailbox null where there is none
     * @param rule which mapping rule named the mailbox; null where there is none
     * @param path of the landed page; empty where there is none
     * @param closed null while it is open
     * @param decision of an administrator, that has closed it; null where none has
     * @param reopened what an administrator has taken an earlier decision back with, the last time; null where none has
     * @param requeued when another try was last asked for, by an administrator or by the archiver itself; null if never
     */
    public record Entry(
            long id,
            Channel channel,
            String connector,
            String run,
            Integer page,
            Long position,
            String messageId,
            String owner,
            String mailbox,
            String rule,
            Reason reason,
            String detail,
            String path,
            Instant opened,
            Instant closed,
            String closedBy,
            Decisions.Decision decision,
            Decisions.Decision reopened,
            Instant requeued,
            String requeuedBy) {}

    /**
     * Opens entries (or renews those that the same things have) and makes their items FAILED; nothing of what was delivered meanwhile.
     * All of it in one transaction, with the note that the channels' routes are to be told.
     */
    @Transactional
    public void record(List<Failure> failures) {
        new FailureRows(batch, totals, arrivals, intents, clock.instant()).write(failures);
    }

    /** Open entries, oldest first, behind the entry {@code after}. */
    public List<Entry> list(Channel channel, int limit, long after) {
        return list(channel, "", null, limit, after);
    }

    /**
     * The same.
     *
     * @param connector only of this one; empty for all
     * @param reason only of this one; null for all
     */
    public List<Entry> list(Channel channel, String connector, Reason reason, int limit, long after) {
        return jdbc.sql(ENTRIES + "e.channel = ? and e.closed is null and e.id > ?" + CHOSEN + " order by e.id limit ?")
                .params(channel.name(), after, connector, connector, name(reason), name(reason), limit)
                .query(Channels::row)
                .list();
    }

    /** The ids of all open entries that are chosen so, oldest first; at most {@value #MOST_IDS}. */
    public List<Long> ids(Channel channel, String connector, Reason reason) {
        return jdbc.sql("select e.id from channel_entry e where e.channel = ? and e.closed is null" + CHOSEN
                        + " order by e.id limit " + MOST_IDS)
                .params(channel.name(), connector, connector, name(reason), name(reason))
                .query(Long.class)
                .list();
    }

    /** The open entries that a run counts, those of items it met again among them; oldest first, behind the entry {@code after}. */
    public List<Entry> ofRun(String run, int limit, long after) {
        return jdbc.sql(ENTRIES + """
                        e.closed is null and e.id > ? and (e.run = ? or (e.message, e.target) in
                            (select message, target from met_again where run = ?)) order by e.id limit ?""")
                .params(after, run, run, limit)
                .query(Channels::row)
                .list();
    }

    public Optional<Entry> find(long id) {
        return jdbc.sql(ENTRIES + "e.id = ?").params(id).query(Channels::row).optional();
    }

    /** Open entries of every channel, zeros included. */
    public Map<Channel, Long> counts() {
        Map<Channel, Long> counts = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            counts.put(channel, 0L);
        }
        jdbc.sql("select channel, count(*) as number from channel_entry where closed is null group by channel")
                .query((ResultSet row, int number) ->
                        counts.put(Channel.valueOf(row.getString("channel")), row.getLong("number")))
                .list();
        return counts;
    }

    /** Those of the ids that no open entry of the channel has. */
    public List<Long> notOpen(Channel channel, List<Long> ids) {
        Set<Long> open = new HashSet<>(
                jdbc.sql("select id from channel_entry where channel = ? and closed is null and id = any(?)")
                        .params(channel.name(), ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list());
        return ids.stream().filter(id -> !open.contains(id)).toList();
    }

    /**
     * Makes the items of open entries due at once; their pages are queued by the next sweep. Entries of polls have no item: their window
     * is asked for as soon as no other run of the connector polls, and they stay open until it has landed. Only where nobody knows the
     * window any more, as of a run that a lost ledger took with it, there is nothing to ask for: the one who requeues closes the entry.
     * A page that failed as a whole is queued by the next sweep.
     *
     * @param ids empty for all of the channel
     * @return how many entries were requeued
     */
    @Transactional
    public int requeue(Channel channel, List<Long> ids, String administrator) {
        Instant now = clock.instant();
        Long[] wanted = ids.toArray(Long[]::new);
        String who = Sql.text(administrator, LONGEST_NAME);
        String chosen = " and (? = 0 or id = any(?))";
        jdbc.sql(
                        "update channel_entry set requeued = ?, requeued_by = ? where channel = ? and closed is null and (message is null or exists "
                                + "(select 1 from item i where i.message = channel_entry.message and i.target = channel_entry.target and i.state = 'FAILED'))"
                                + chosen)
                .params(Sql.at(now), who, channel.name(), wanted.length, wanted)
                .update();
        List<ItemKey> failed = jdbc.sql(
                        "select distinct e.message, e.target from channel_entry e join item i on i.message = e.message and i.target = e.target"
                                + " where e.channel = ? and e.closed is null and i.state = 'FAILED' and (? = 0 or e.id = any(?))")
                .params(channel.name(), wanted.length, wanted)
                .query(ItemKey.class)
                .list();
        int items = Requeues.due(batch, totals, failed, now);
        jdbc.sql(
                        "update page set queued_until = null where (run, number) in (select run, page from channel_entry where channel = ? and closed is null and message is null and page is not null"
                                + chosen + ")")
                .params(channel.name(), wanted.length, wanted)
                .update();
        String window =
                "(page is not null or exists (select 1 from run r where r.id = channel_entry.run and r.window_to > r.window_from))";
        int polls = jdbc.sql(
                        "update channel_entry set polled = null where channel = ? and closed is null and message is null and "
                                + window + chosen)
                .params(channel.name(), wanted.length, wanted)
                .update();
        polls += jdbc.sql(
                        "update channel_entry set closed = ?, closed_by = ? where channel = ? and closed is null and message is null and not "
                                + window + chosen)
                .params(Sql.at(now), who, channel.name(), wanted.length, wanted)
                .update();
        audit.note(
                AuditAction.ENTRIES_REQUEUED,
                administrator,
                channel.id(),
                Map.of("number", items + polls, "entries", AuditNotes.some(ids)));
        return items + polls;
    }

    /** For {@link #CHOSEN}. */
    static String name(Reason reason) {
        return reason == null ? "" : reason.name();
    }

    static Entry row(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Channel.valueOf(row.getString("channel")),
                row.getString("connector"),
                row.getString("run"),
                row.getObject("page", Integer.class),
                row.getObject("position", Long.class),
                row.getString("source_id"),
                row.getString("owner"),
                ItemTarget.address(row.getString("target")),
                row.getString("rule"),
                Sql.reason(row),
                row.getString("detail"),
                row.getString("path"),
                Sql.at(row, "opened"),
                Sql.at(row, "closed"),
                row.getString("closed_by"),
                Decisions.Decision.row(row),
                Decisions.Decision.reopening(row),
                Sql.at(row, "requeued"),
                row.getString("requeued_by"));
    }
}
