package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The totals of runs. Whoever changes what is counted writes the change in the same transaction, as a row of its own: rows that many
 * would update would have them wait for each other. What has piled up is added to the sums now and then, so that reading them costs the
 * same for any run.
 */
@Component
class RunTotals {
    private static final int MANY = 200;
    private static final int AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ReentrantLock folding = new ReentrantLock();
    private final AtomicLong written = new AtomicLong();

    RunTotals(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** In the caller's transaction. */
    void write(TotalChanges changes) {
        if (changes.numbers().isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                "insert into run_change (run, outcome, reason, number) values (?, ?, ?, ?)",
                changes.numbers().entrySet().stream()
                        .map(change -> columns(change.getKey(), change.getValue()))
                        .toList());
        written.addAndGet(changes.numbers().size());
    }

    private static Object[] columns(TotalChanges.Key key, long number) {
        return new Object[] {key.run(), key.counted().name(), key.reason(), number};
    }

    /** By run; every run that was asked for has a tally. */
    Map<String, Tally> of(List<String> runs) {
        Map<String, Tally> tallies = new HashMap<>();
        runs.forEach(run -> tallies.put(run, new Tally()));
        if (!runs.isEmpty()) {
            String[] wanted = runs.toArray(String[]::new);
            // One statement, so that what is being added to the sums at this moment counts once.
            jdbc.query(
                    """
                    select t.run, t.outcome, t.reason, t.number
                        from unnest(cast(? as varchar array)) as wanted (wanted_run) join run_total t on t.run = wanted.wanted_run
                    union all
                    select c.run, c.outcome, c.reason, sum(c.number) as number from run_change c where c.run = any(?) group by c.run, c.outcome, c.reason""",
                    (ResultSet row) -> tallies.get(row.getString("run"))
                            .add(
                                    Counted.valueOf(row.getString("outcome")),
                                    reason(row.getString("reason")),
                                    row.getLong("number")),
                    wanted,
                    wanted);
        }
        return tallies;
    }

    static Reason reason(String name) {
        return name == null || name.isEmpty() ? null : Reason.valueOf(name);
    }

    /** Adds the changes to the sums where this process has written many. */
    void foldMany() {
        if (written.get() >= MANY) {
            fold();
        }
    }

    /** Adds the changes to the sums, unless another thread or archiver is at it. */
    void fold() {
        if (folding.tryLock()) {
            try {
                written.set(0);
                transaction.executeWithoutResult(this::fold);
            } finally {
                folding.unlock();
            }
        }
    }

    private record Change(long id, TotalChanges.Key key, long number) {}

    private void fold(TransactionStatus status) {
        List<Change> changes = jdbc.query(
                "select id, run, outcome, reason, number from run_change order by id limit ?",
                (row, number) -> new Change(
                        row.getLong("id"),
                        new TotalChanges.Key(
                                row.getString("run"),
                                Counted.valueOf(row.getString("outcome")),
                                row.getString("reason")),
                        row.getLong("number")),
                AT_ONCE);
        if (changes.isEmpty()) {
            return;
        }
        int[] taken = jdbc.batchUpdate(
                "delete from run_change where id = ?",
                changes.stream().map(change -> new Object[] {change.id()}).toList());
        for (int one : taken) {
            if (one != 1) {
                // Another archiver has just added it.
                status.setRollbackOnly();
                return;
            }
        }
        TotalChanges sums = new TotalChanges();
        changes.forEach(change -> sums.add(
                change.key().run(), change.key().counted(), change.key().reason(), change.number()));
        add(sums);
    }

    private void add(TotalChanges sums) {
        List<Map.Entry<TotalChanges.Key, Long>> ordered =
                new ArrayList<>(sums.numbers().entrySet());
        jdbc.batchUpdate(
                "insert into run_total (run, outcome, reason, number) values (?, ?, ?, ?) on conflict do nothing",
                ordered.stream().map(sum -> columns(sum.getKey(), 0)).toList());
        jdbc.batchUpdate(
                "update run_total set number = number + ? where run = ? and outcome = ? and reason = ?",
                ordered.stream()
                        .map(sum -> new Object[] {
                            sum.getValue(),
                            sum.getKey().run(),
                            sum.getKey().counted().name(),
                            sum.getKey().reason()
                        })
                        .toList());
    }
}
