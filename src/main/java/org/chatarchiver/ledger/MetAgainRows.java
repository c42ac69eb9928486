package org.chatarchiver.ledger;

import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a run met although it is another run's doing, as rows; inside the caller's transaction, which keeps the totals. */
final class MetAgainRows {
    private MetAgainRows() {}

    /** Items of the run itself are left out. In one order, so that two pages at work never wait for each other. */
    static void items(JdbcTemplate jdbc, String run, List<Item> items) {
        jdbc.batchUpdate(
                "insert into met_again (run, message, target) values (?, ?, ?) on conflict do nothing",
                items.stream()
                        .filter(item -> !item.run().equals(run))
                        .map(ItemKey::of)
                        .sorted()
                        .map(key -> new Object[] {run, key.message(), key.target()})
                        .toList());
    }

    static void captures(JdbcTemplate jdbc, String run, List<CaptureKey> captures) {
        jdbc.batchUpdate(
                "insert into capture_met_again (run, message, owner) values (?, ?, ?) on conflict do nothing",
                captures.stream()
                        .sorted(Comparator.comparing(CaptureKey::message).thenComparing(CaptureKey::owner))
                        .map(capture -> new Object[] {run, capture.message(), capture.owner()})
                        .toList());
    }
}
