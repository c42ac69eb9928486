package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a dry run found would happen, page by page: it writes no items and no channel entries. */
@Component
public class DryCounts {
    /** What would become of an item. */
    public enum Outcome {
        IMPORTED,
        PARTIAL,
        SKIPPED,
        FAILED,
        /** No outcome: counts the messages themselves. */
        MESSAGES;

        private Counted counted() {
            return this == MESSAGES ? Counted.ARRIVED : Counted.valueOf(name());
        }
    }

    /** @param reason null unless FAILED */
    public record Key(Outcome outcome, Reason reason) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final RunTotals totals;

    DryCounts(JdbcClient jdbc, JdbcTemplate batch, RunTotals totals) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.totals = totals;
    }

    /** Replaces the counts of a page, so that a page read twice counts once. */
    @Transactional
    public void replace(Page page, Map<Key, Long> counts) {
        // What it counted before is not changed by another archiver meanwhile.
        jdbc.sql("select number from page where run = ? and number = ? for update")
                .params(page.run(), page.number())
                .query(Integer.class)
                .list();
        TotalChanges changes = new TotalChanges();
        jdbc.sql("select outcome, reason, number from dry_count where run = ? and page = ?")
                .params(page.run(), page.number())
                .query((ResultSet row) -> changes.add(
                        page.run(),
                        Outcome.valueOf(row.getString("outcome")).counted(),
                        row.getString("reason"),
                        -row.getLong("number")));
        counts.forEach(
                (key, number) -> changes.add(page.run(), key.outcome().counted(), Sql.name(key.reason()), number));
        totals.write(changes);
        jdbc.sql("delete from dry_count where run = ? and page = ?")
                .params(page.run(), page.number())
                .update();
        List<Object[]> rows = counts.entrySet().stream()
                .map(count -> new Object[] {
                    page.run(),
                    page.number(),
                    count.getKey().outcome().name(),
                    count.getKey().reason() == null
                            ? ""
                            : count.getKey().reason().name(),
                    count.getValue()
                })
                .toList();
        batch.batchUpdate("insert into dry_count (run, page, outcome, reason, number) values (?, ?, ?, ?, ?)", rows);
    }

    /**
     * Takes captures or items for a page of a dry run, so that what stands in several pages is counted in one.
     *
     * @return those that this page counts; the same ones when the page is read again
     */
    @Transactional
    public Set<UUID> claim(Page page, Collection<UUID> met) {
        // In one order, so that two pages at work never wait for each other.
        UUID[] ids = met.stream().distinct().sorted().toArray(UUID[]::new);
        batch.batchUpdate(
                "insert into dry_met (run, met, page) values (?, ?, ?) on conflict do nothing",
                Arrays.stream(ids)
                        .map(id -> new Object[] {page.run(), id, page.number()})
                        .toList());
        return Set.copyOf(jdbc.sql("""
                        select d.met from unnest(cast(? as uuid array)) as wanted (wanted_id) join dry_met d on d.met = wanted.wanted_id
                        where d.run = ? and d.page = ?""")
                .params(ids, page.run(), page.number())
                .query(UUID.class)
                .list());
    }

    /** The run has ended: its counts are all that stays. */
    void forget(String run) {
        jdbc.sql("delete from dry_met where run = ?").params(run).update();
    }
}
