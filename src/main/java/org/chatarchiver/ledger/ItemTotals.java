package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the totals of runs when items change, inside the caller's transaction. An item counts in its own run, in those that have met it
 * again, and as it was before the replay that looks for it now: a report does not change while a replay is under way. What an item counts
 * as is read only after its row is locked; whoever has it counted by a further run, or has a replay look for it, locks it as well.
 */
@Component
class ItemTotals {
    private static final int AT_ONCE = 1_000;

    private static final String WANTED =
            " from unnest(cast(? as uuid array), cast(? as varchar array)) as wanted (wanted_message, wanted_target)"
                    + " join item i on i.message = wanted.wanted_message and i.target = wanted.wanted_target";

    private static final String REPLAYED = "(select k.COLUMN from replay_item k join replay r on r.run = k.run"
            + " where k.message = i.message and k.target = i.target and r.finished is null and k.was is not null"
            + " order by r.requested, r.run limit 1)";

    private final JdbcTemplate jdbc;
    private final RunTotals totals;

    ItemTotals(JdbcTemplate jdbc, RunTotals totals) {
        this.jdbc = jdbc;
        this.totals = totals;
    }

    /** As which each item of the sub-select {@code items} counts: run, met, state and reason. */
    static String standing(boolean replays, String items, String metAgain) {
        String was = replays ? REPLAYED.replace("COLUMN", "was") : "cast(null as varchar)";
        String why = replays ? REPLAYED.replace("COLUMN", "was_reason") : "cast(null as varchar)";
        String columns = "i.state, i.reason, " + was + " as was, " + why + " as was_reason";
        return "select run, met, coalesce(was, state) as state, case when was is null then reason else was_reason end as reason from ("
                + "select i.run as run, false as met, " + columns + items
                + " union all select m.run as run, true as met, " + columns
                + metAgain + ") standing";
    }

    /** Locks the items, makes a change to them or to who counts them, and writes what it is in the totals. */
    void around(Collection<ItemKey> keys, Runnable change) {
        around(keys, () -> {
            change.run();
            return null;
        });
    }

    <T> T around(Collection<ItemKey> keys, Supplier<T> change) {
        if (keys.isEmpty()) {
            return change.get();
        }
        return aroundParts(parts(keys), change);
    }

    /**
     * As {@link #around(Collection, Runnable)}, of more items than are to be held in memory.
     *
     * @param parts each of some thousands at most, all in the order of {@link ItemKey}; the same whenever they are asked for
     */
    void aroundParts(Iterable<List<ItemKey>> parts, Runnable change) {
        aroundParts(parts, () -> {
            change.run();
            return null;
        });
    }

    private <T> T aroundParts(Iterable<List<ItemKey>> parts, Supplier<T> change) {
        parts.forEach(this::lock);
        TotalChanges changes = new TotalChanges();
        count(parts, changes, -1);
        T result = change.get();
        count(parts, changes, 1);
        totals.write(changes);
        return result;
    }

    private static List<List<ItemKey>> parts(Collection<ItemKey> keys) {
        List<ItemKey> ordered = keys.stream().distinct().sorted().toList();
        List<List<ItemKey>> parts = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i += AT_ONCE) {
            parts.add(ordered.subList(i, Math.min(ordered.size(), i + AT_ONCE)));
        }
        return parts;
    }

    private void lock(List<ItemKey> part) {
        jdbc.query("""
                select i.message from unnest(cast(? as uuid array), cast(? as varchar array)) with ordinality as wanted (wanted_message, wanted_target, place)
                    join item i on i.message = wanted.wanted_message and i.target = wanted.wanted_target order by wanted.place for update""", row -> {}, messages(part), targets(part));
    }

    private void count(Iterable<List<ItemKey>> parts, TotalChanges changes, int sign) {
        String sql = "select run, met, state, reason, count(*) as number from ("
                + standing(
                        replaying(),
                        WANTED,
                        WANTED + " join met_again m on m.message = i.message and m.target = i.target")
                + ") counted group by run, met, state, reason";
        for (List<ItemKey> part : parts) {
            Object[] twice = {messages(part), targets(part), messages(part), targets(part)};
            jdbc.query(
                    sql,
                    (ResultSet row) -> changes.add(
                            row.getString("run"),
                            ItemState.valueOf(row.getString("state")),
                            Sql.reason(row),
                            row.getBoolean("met"),
                            sign * row.getLong("number")),
                    twice);
        }
    }

    /** Whether a replay is under way. */
    private boolean replaying() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select 1 from replay where finished is null)", Boolean.class));
    }

    /** Items that these transactions have inserted, where the number in {@code inserted} is not 0. */
    void inserted(List<Item> items, int[] inserted) {
        TotalChanges changes = new TotalChanges();
        for (int i = 0; i < inserted.length; i++) {
            if (Sql.isInserted(inserted[i])) {
                Item item = items.get(i);
                changes.add(item.run(), item.state(), item.reason(), false, 1);
            }
        }
        totals.write(changes);
    }

    /** Items that are recorded as about to be sent, in place of their rows. */
    void intended(List<Item> items) {
        TotalChanges changes = new TotalChanges();
        items.forEach(item -> changes.add(item.run(), item.state(), null, false, 1));
        totals.write(changes);
    }

    /** Those of the keys that no item has; any number of them, while H2 takes no more than 65,536 in an array. */
    Set<ItemKey> missing(List<ItemKey> keys) {
        Set<ItemKey> missing = new HashSet<>(keys);
        parts(keys)
                .forEach(part -> jdbc.query(
                        "select i.message, i.target" + WANTED,
                        (ResultSet row) -> {
                            missing.remove(new ItemKey(row.getObject("message", UUID.class), row.getString("target")));
                        },
                        messages(part),
                        targets(part)));
        return missing;
    }

    /** Items that were on their way until this transaction gave them their outcome, which locked them. */
    void settled(List<Items.Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        List<ItemKey> keys = settled.stream().map(one -> ItemKey.of(one.item())).toList();
        Set<ItemKey> replayed = replaying() ? replayed(keys) : Set.of();
        TotalChanges changes = new TotalChanges();
        Consumer<Moved> moved = one -> {
            changes.add(one.run(), Counted.PENDING, null, -1);
            changes.add(one.run(), one.to().state(), one.to().reason(), one.met(), 1);
        };
        settled.stream()
                .filter(one -> !replayed.contains(ItemKey.of(one.item())))
                .forEach(one -> moved.accept(new Moved(one.item().run(), false, one)));
        metAgain(settled, keys).stream()
                .filter(one -> !replayed.contains(ItemKey.of(one.to().item())))
                .forEach(moved);
        totals.write(changes);
    }

    private record Moved(String run, boolean met, Items.Settled to) {}

    private List<Moved> metAgain(List<Items.Settled> settled, List<ItemKey> keys) {
        return jdbc.query(
                """
                select m.run, wanted.place from unnest(cast(? as uuid array), cast(? as varchar array)) with ordinality as wanted (wanted_message, wanted_target, place)
                    join met_again m on m.message = wanted.wanted_message and m.target = wanted.wanted_target""",
                (row, number) -> new Moved(row.getString("run"), true, settled.get(row.getInt("place") - 1)),
                messages(keys),
                targets(keys));
    }

    private Set<ItemKey> replayed(List<ItemKey> keys) {
        return new HashSet<>(jdbc.query(
                """
                select k.message, k.target from unnest(cast(? as uuid array), cast(? as varchar array)) as wanted (wanted_message, wanted_target)
                    join replay_item k on k.message = wanted.wanted_message and k.target = wanted.wanted_target
                    join replay r on r.run = k.run where r.finished is null and k.was is not null""",
                (row, number) -> new ItemKey(row.getObject("message", UUID.class), row.getString("target")),
                messages(keys),
                targets(keys)));
    }

    private static UUID[] messages(List<ItemKey> keys) {
        return keys.stream().map(ItemKey::message).toArray(UUID[]::new);
    }

    private static String[] targets(List<ItemKey> keys) {
        return keys.stream().map(ItemKey::target).toArray(String[]::new);
    }
}
