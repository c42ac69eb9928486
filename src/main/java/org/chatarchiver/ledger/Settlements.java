package org.chatarchiver.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.Items.Settled;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what came of items, inside the caller's transaction. */
final class Settlements {
    private static final String SETTLE =
            "update item set state = ?, reason = ?, detail = ?, uid = ?, retry_at = ?, attempts = attempts + 1, first_try = coalesce(first_try, ?), updated = ? where message = ? and target = ? and ";

    private static final String WRITE =
            "insert into item (message, target, run, page, state, rule, reason, detail, uid, attempts, first_try, retry_at, updated) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private final JdbcTemplate jdbc;
    private final ItemTotals totals;
    private final Clock clock;

    Settlements(JdbcTemplate jdbc, ItemTotals totals, Clock clock) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.clock = clock;
    }

    void write(List<Settled> outcomes) {
        OffsetDateTime now = Sql.at(clock.instant());
        List<Settled> ordered = outcomes.stream()
                .sorted(Comparator.comparing(outcome -> ItemKey.of(outcome.item())))
                .toList();
        settle(ordered, now);
        close(
                outcomes.stream()
                        .filter(outcome ->
                                outcome.state() == ItemState.IMPORTED || outcome.state() == ItemState.PARTIAL)
                        .map(Settled::item)
                        .toList(),
                now);
    }

    /** Nearly all are sent for the first time: their rows are written now. */
    private void settle(List<Settled> outcomes, OffsetDateTime now) {
        List<Settled> first = outcomes.stream()
                .filter(outcome -> Intents.isEnough(outcome.item()))
                .toList();
        int[] written = jdbc.batchUpdate(
                WRITE, first.stream().map(outcome -> row(outcome, now)).toList());
        List<Settled> others = new ArrayList<>(outcomes);
        List<Settled> done = IntStream.range(0, written.length)
                .filter(i -> Sql.isInserted(written[i]))
                .mapToObj(first::get)
                .toList();
        others.removeAll(Set.copyOf(done));
        totals.settled(done);
        settleKnown(others, now);
    }

    /** Most of them are on their way, and need not be read to know what they counted as. */
    private void settleKnown(List<Settled> outcomes, OffsetDateTime now) {
        int[] sent = jdbc.batchUpdate(
                SETTLE + "state in ('SENDING', 'FAILING')",
                outcomes.stream().map(outcome -> columns(outcome, now)).toList());
        Map<Boolean, List<Settled>> onTheirWay = IntStream.range(0, sent.length)
                .boxed()
                .collect(Collectors.partitioningBy(
                        i -> sent[i] > 0, Collectors.mapping(outcomes::get, Collectors.toList())));
        totals.settled(onTheirWay.get(true));
        List<Settled> others = onTheirWay.get(false);
        totals.around(
                others.stream().map(outcome -> ItemKey.of(outcome.item())).toList(),
                () -> jdbc.batchUpdate(
                        SETTLE + "state not in ('IMPORTED', 'PARTIAL')",
                        others.stream().map(outcome -> columns(outcome, now)).toList()));
    }

    /** Looked for first: few deliveries have an entry. A join, since H2 looks for "= any" through all entries. */
    private void close(List<Item> delivered, OffsetDateTime now) {
        List<Long> entries = jdbc.queryForList(
                """
                select e.id from unnest(cast(? as uuid array), cast(? as varchar array)) as done (done_message, done_target)
                join channel_entry e on e.message = done.done_message and e.target = done.done_target where e.closed is null or e.decision is not null and e.closed_by <> 'delivery'""",
                Long.class,
                delivered.stream().map(Item::message).toArray(UUID[]::new),
                delivered.stream().map(Item::target).toArray(String[]::new));
        if (!entries.isEmpty()) {
            jdbc.batchUpdate(
                    "update channel_entry set closed = ?, closed_by = 'delivery' where id = ?",
                    entries.stream()
                            .sorted()
                            .map(entry -> new Object[] {now, entry})
                            .toList());
        }
    }

    private static Object[] row(Settled outcome, OffsetDateTime now) {
        Item item = outcome.item();
        return new Object[] {
            item.message(),
            item.target(),
            item.run(),
            item.page(),
            outcome.state().name(),
            item.rule(),
            Sql.name(outcome.reason()),
            Sql.detail(outcome.detail()),
            outcome.uid() == 0 ? null : outcome.uid(),
            1,
            item.firstTry() == null ? now : Sql.at(item.firstTry()),
            Sql.at(outcome.retryAt()),
            now
        };
    }

    private static Object[] columns(Settled outcome, OffsetDateTime now) {
        return new Object[] {
            outcome.state().name(),
            Sql.name(outcome.reason()),
            Sql.detail(outcome.detail()),
            outcome.uid() == 0 ? null : outcome.uid(),
            Sql.at(outcome.retryAt()),
            now,
            now,
            outcome.item().message(),
            outcome.item().target()
        };
    }
}
