package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replays of runs from the landing zone alone: every item that counts as delivered is in doubt again, so that it is looked for at the
 * destination and sent where it is missing. Failed items stay in their channels, to be requeued there.
 */
@Component
public class Replays {
    private static final int AT_ONCE = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final ItemTotals totals;
    private final Runs runs;
    private final RunAudit audit;
    private final RetentionLease lease;
    private final Removals removals;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Replays(
            JdbcClient jdbc,
            JdbcTemplate batch,
            ItemTotals totals,
            Runs runs,
            RunAudit audit,
            RetentionLease lease,
            Removals removals,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.totals = totals;
        this.runs = runs;
        this.audit = audit;
        this.lease = lease;
        this.removals = removals;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What the latest replay of a run has come to; {@code items = present + deliveredAgain + failed + pending}.
     *
     * @param items that were looked for, or will be
     * @param present found at the destination, and left alone
     * @param deliveredAgain missing at the destination, and sent again
     * @param failed missing, and refused by the destination: in a channel
     * @param pending without an outcome yet
     */
    public record Replay(
            Instant requested,
            String requestedBy,
            long items,
            long present,
            long deliveredAgain,
            long failed,
            long pending) {}

    /**
     * Puts the items of a run, those that it met again among them, in doubt, and its pages back to work.
     *
     * @param why for the audit log; empty where it is not said
     * @return false, and nothing changed, while an earlier replay of the run has items on their way, and where retention has removed what it
     *     would be read from ({@link Removals#gone})
     */
    public boolean start(String run, String administrator, String why) {
        transaction.execute(status -> end(run));
        return Boolean.TRUE.equals(transaction.execute(status -> begin(run, administrator, why)));
    }

    private boolean begin(String run, String administrator, String why) {
        lease.lock();
        if (removals.gone(run).isPresent()) {
            return false;
        }
        OffsetDateTime now = Sql.at(clock.instant());
        // Ended, so that nothing counts by it: of two who begin the first replay of a run the other waits here.
        jdbc.sql(
                        "insert into replay (run, requested, requested_by, finished) values (?, ?, '', ?) on conflict do nothing")
                .params(run, now, now)
                .update();
        if (underWay(run)) {
            return false;
        }
        jdbc.sql("delete from replay_item where run = ?").params(run).update();
        choose(run);
        totals.aroundParts(looked(run), () -> {
            looked(run).forEach(part -> doubt(part, now));
            jdbc.sql("update replay set requested = ?, requested_by = ?, finished = null where run = ?")
                    .params(now, Sql.text(administrator, 200), run)
                    .update();
        });
        jdbc.sql("update page set state = 'LANDED', doubtful = true where run = ?")
                .params(run)
                .update();
        audit.replayed(runs.find(run).orElseThrow(), administrator, why);
        return true;
    }

    /** An item that a replay of another run puts in doubt before it is locked here is looked for by both. */
    private void choose(String run) {
        jdbc.sql("""
                        insert into replay_item (run, message, target, missing, was, was_reason)
                        select cast(? as varchar), message, target, false, state, reason from (
                            select message, target, state, reason from item where run = ? union
                            select i.message, i.target, i.state, i.reason
                                from met_again m join item i on i.message = m.message and i.target = m.target where m.run = ?) counted
                        where state in ('IMPORTED', 'PARTIAL')""").params(run, run, run).update();
    }

    /**
     * As what waits for its next time, which is now: a page that is in work already and ends meanwhile is taken up again. Row by row,
     * since H2 reads the whole table for an update with a sub-select.
     */
    private void doubt(List<ItemKey> part, OffsetDateTime now) {
        batch.batchUpdate(
                "update item set state = 'RETRY', reason = null, detail = null, first_try = null, retry_at = ?, updated = ? where message = ? and target = ? and state in ('IMPORTED', 'PARTIAL')",
                part.stream()
                        .map(key -> new Object[] {now, now, key.message(), key.target()})
                        .toList());
    }

    /** Notes, before they are sent, items that the destination does not have; nothing for those that no replay looks for. */
    @Transactional
    public void missing(List<Item> items) {
        batch.batchUpdate(
                "update replay_item set missing = true where message = ? and target = ?",
                ItemKey.of(items).stream()
                        .sorted()
                        .map(key -> new Object[] {key.message(), key.target()})
                        .toList());
    }

    /**
     * Ends the replays whose every item has an outcome: from now on it counts in the reports of runs.
     *
     * @return the runs whose replays this call has ended
     */
    public List<String> finish() {
        return jdbc.sql("""
                        select r.run from replay r where r.finished is null and not exists (
                            select 1 from replay_item k join item i on i.message = k.message and i.target = k.target
                            where k.run = r.run and i.state not in ('IMPORTED', 'PARTIAL', 'FAILED'))""").query(String.class).list().stream()
                .filter(run -> Boolean.TRUE.equals(transaction.execute(status -> end(run))))
                .toList();
    }

    private boolean end(String run) {
        // Asked once more behind the lock: it may be another one by now.
        boolean ends =
                underWay(run) && of(run).filter(replay -> replay.pending() == 0).isPresent();
        if (ends) {
            totals.aroundParts(looked(run), () -> jdbc.sql("update replay set finished = ? where run = ?")
                    .params(Sql.at(clock.instant()), run)
                    .update());
        }
        return ends;
    }

    /** Nobody else ends it or begins another meanwhile. */
    private boolean underWay(String run) {
        return jdbc.sql("select finished is null from replay where run = ? for update")
                .params(run)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** The keys of all that it looks for, read part by part whenever they are asked for: a run has more of them than memory. */
    private Iterable<List<ItemKey>> looked(String run) {
        return () -> Stream.iterate(
                        part(run, BEFORE_ALL),
                        part -> !part.isEmpty(),
                        part -> part(run, part.get(part.size() - 1).message()))
                .iterator();
    }

    /** With all items of its last message: the databases sort texts otherwise than Java, and the lock of an item stands in Java's order. */
    private List<ItemKey> part(String run, UUID behind) {
        return jdbc
                .sql("select message, target from replay_item where run = ? and message > ? order by run, message"
                        + " fetch first " + AT_ONCE + " rows with ties")
                .params(run, behind)
                .query(ItemKey.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /** The latest replay of a run. */
    @Transactional(readOnly = true)
    public Optional<Replay> of(String run) {
        return jdbc.sql("""
                        select r.requested, r.requested_by, count(k.message) as items,
                            count(case when i.state in ('IMPORTED', 'PARTIAL') and not k.missing then 1 end) as present,
                            count(case when i.state in ('IMPORTED', 'PARTIAL') and k.missing then 1 end) as again,
                            count(case when i.state = 'FAILED' then 1 end) as failed
                        from replay r left join replay_item k on k.run = r.run
                            left join item i on i.message = k.message and i.target = k.target
                        where r.run = ? group by r.run, r.requested, r.requested_by""").params(run).query(Replays::row).optional();
    }

    private static Replay row(ResultSet row, int number) throws SQLException {
        long items = row.getLong("items");
        long present = row.getLong("present");
        long again = row.getLong("again");
        long failed = row.getLong("failed");
        return new Replay(
                Sql.at(row, "requested"),
                row.getString("requested_by"),
                items,
                present,
                again,
                failed,
                items - present - again - failed);
    }
}
