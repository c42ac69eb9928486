package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
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
        MESSAGES
    }

    /** @param reason null unless FAILED */
    public record Key(Outcome outcome, Reason reason) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    DryCounts(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Replaces the counts of a page, so that a page read twice counts once. */
    @Transactional
    public void replace(Page page, Map<Key, Long> counts) {
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

    /** By run; every run that was asked for has a tally. */
    Map<String, Tally> of(String[] runs) {
        Map<String, Tally> tallies = new HashMap<>();
        Arrays.stream(runs).forEach(run -> tallies.put(run, new Tally()));
        if (runs.length > 0) {
            jdbc.sql(
                            "select d.run, d.outcome, d.reason, d.number from unnest(cast(? as varchar array)) as wanted (wanted_run) join dry_count d on d.run = wanted.wanted_run")
                    .param(runs)
                    .query((ResultSet row) -> tallies.get(row.getString("run"))
                            .add(
                                    row.getString("outcome"),
                                    row.getString("reason").isEmpty() ? null : Sql.reason(row),
                                    row.getLong("number")));
        }
        return tallies;
    }
}
