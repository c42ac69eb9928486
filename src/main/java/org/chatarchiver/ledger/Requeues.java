package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Requeues by the archiver itself, where the reason {@link Reason#canPass() can pass}. */
@Component
public class Requeues {
    static final String ARCHIVER = "archiver";

    private static final int AT_ONCE = 10_000;
    private static final String[] PASSING = Arrays.stream(Reason.values())
            .filter(Reason::canPass)
            .map(Reason::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final ItemTotals totals;
    private final Clock clock;

    Requeues(JdbcClient jdbc, JdbcTemplate batch, ItemTotals totals, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.totals = totals;
        this.clock = clock;
    }

    private record Due(long entry, UUID message, String target) {}

    /**
     * Makes items due whose entry has not been requeued for a while, oldest first; their pages are queued by the next sweep. The rest of
     * very many is for the next call.
     *
     * @param every since the entry was made or requeued last
     * @param longest how old an entry may be
     * @return how many
     */
    @Transactional
    public int passing(Duration every, Duration longest) {
        Instant now = clock.instant();
        List<Due> due = due(now, every, longest);
        due(
                batch,
                totals,
                due.stream()
                        .map(one -> new ItemKey(one.message(), one.target()))
                        .toList(),
                now);
        batch.batchUpdate(
                "update channel_entry set requeued = ?, requeued_by = ? where id = ?",
                due.stream()
                        .map(one -> new Object[] {Sql.at(now), ARCHIVER, one.entry()})
                        .toList());
        return due.size();
    }

    /**
     * Makes items due that failed, inside the caller's transaction.
     *
     * @return how many
     */
    static int due(JdbcTemplate batch, ItemTotals totals, List<ItemKey> failed, Instant now) {
        int[] updated = totals.around(
                failed,
                () -> batch.batchUpdate(
                        "update item set state = 'RETRY', retry_at = ?, first_try = null, updated = ? where message = ? and target = ? and state = 'FAILED'",
                        failed.stream()
                                .sorted()
                                .map(key -> new Object[] {Sql.at(now), Sql.at(now), key.message(), key.target()})
                                .toList()));
        return Arrays.stream(updated).sum();
    }

    private List<Due> due(Instant now, Duration every, Duration longest) {
        return jdbc.sql("""
                        select e.id, e.message, e.target from channel_entry e join item i on i.message = e.message and i.target = e.target
                        where e.channel = ? and e.closed is null and e.reason = any(?) and e.opened > ?
                            and coalesce(e.requeued, e.opened) <= ? and i.state = 'FAILED' order by e.id limit ?""")
                .params(
                        Channel.UNDELIVERABLE.name(),
                        PASSING,
                        Sql.at(now.minus(longest)),
                        Sql.at(now.minus(every)),
                        AT_ONCE)
                .query((ResultSet row, int number) ->
                        new Due(row.getLong("id"), row.getObject("message", UUID.class), row.getString("target")))
                .list();
    }
}
