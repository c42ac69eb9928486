package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
