package org.chatarchiver.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Failures that a requeue has resolved, and what has come in their place. */
@Component
public class Replacements {
    private final JdbcTemplate jdbc;
    private final ItemTotals totals;
    private final Arrivals arrivals;
    private final Intents intents;
    private final Clock clock;

    Replacements(JdbcTemplate jdbc, ItemTotals totals, Arrivals arrivals, Intents intents, Clock clock) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.arrivals = arrivals;
        this.intents = intents;
        this.clock = clock;
    }

    /**
     * Removes failures that a requeue has replaced by other items, and closes their entries in the name of who requeued, also those that
     * a decision has closed meanwhile: it keeps nothing closed any more, and taken back it would open an entry that no delivery could
     * close. Runs that met the failures again meet what has replaced them, so that their counts balance as before.
     *
     * @param now the items that stand for the failures
     * @param captures those that they are items of
     */
    @Transactional
    public void replaced(List<Item> failures, List<Item> now, List<CaptureKey> captures) {
        List<Item> items = Stream.concat(failures.stream(), now.stream()).toList();
        intents.ensure(items);
        List<UUID> messages = Stream.concat(
                        items.stream().map(Item::message), captures.stream().map(CaptureKey::message))
                .toList();
        Set<String> runs = arrivals.runs(messages);
        items.forEach(item -> runs.add(item.run()));
        arrivals.around(
                runs,
                arrivals.of(messages),
                () -> totals.around(ItemKey.of(items), () -> replace(failures, now, captures)));
    }

    private void replace(List<Item> failures, List<Item> now, List<CaptureKey> captures) {
        for (Item failure : failures) {
            jdbc.batchUpdate(
                    "insert into met_again (run, message, target) select m.run, cast(? as uuid), cast(? as varchar) from met_again m where m.message = ? and m.target = ? and m.run <> ? on conflict do nothing",
                    now.stream()
                            .map(item -> new Object[] {
                                item.message(), item.target(), failure.message(), failure.target(), item.run()
                            })
                            .toList());
            jdbc.batchUpdate(
                    "insert into capture_met_again (run, message, owner) select m.run, cast(? as uuid), cast(? as varchar) from met_again m where m.message = ? and m.target = ? and m.run <> ? on conflict do nothing",
                    captures.stream()
                            .map(capture -> new Object[] {
                                capture.message(), capture.owner(), failure.message(), failure.target(), failure.run()
                            })
                            .toList());
            MetAgainRows.items(jdbc, failure.run(), now);
        }
        List<Object[]> keys = failures.stream()
                .map(item -> new Object[] {item.message(), item.target()})
                .toList();
        jdbc.batchUpdate("delete from met_again where message = ? and target = ?", keys);
        jdbc.batchUpdate("delete from item where message = ? and target = ?", keys);
        jdbc.batchUpdate(
                """
                update channel_entry set closed = ?, closed_by = coalesce(requeued_by, 'requeue'), decision = null
                where message = ? and target = ? and (closed is null or decision is not null and closed_by <> 'delivery')""",
                failures.stream()
                        .map(item -> new Object[] {Sql.at(clock.instant()), item.message(), item.target()})
                        .toList());
    }

    /**
     * The owner of captures, whom a requeue has mapped, comes to another item than before.
     *
     * @param fresh whether that item is the doing of this requeue
     */
    @Transactional
    public void moved(UUID message, String from, String to, boolean fresh) {
        arrivals.around(
                arrivals.runs(Set.of(message)),
                arrivals.of(Set.of(message)),
                () -> jdbc.update(
                        "update capture set target = ?, added = added and ? where message = ? and target = ?",
                        to,
                        fresh,
                        message,
                        from));
    }
}
