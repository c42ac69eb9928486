package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the number of distinct captures that arrived in runs, inside the caller's transaction: a source message and an owner count once
 * in a run, in however many revisions, pages and captures it meets them. What it has of a source message is read only after the rows of
 * the message's revisions are locked; whoever adds a revision or a capture to a known message locks them as well. The rows of messages are
 * locked before those of items.
 */
@Component
class Arrivals {
    private static final String KEY = "case when m.source_id = '' then cast(m.id as varchar(36)) else m.source_id end";

    private final JdbcTemplate jdbc;
    private final RunTotals totals;

    Arrivals(JdbcTemplate jdbc, RunTotals totals) {
        this.jdbc = jdbc;
        this.totals = totals;
    }

    /** A message of the source, whatever its revision. */
    record Source(String connector, String id) {
        static Source of(Revision revision) {
            return new Source(revision.connector(), revision.sourceId());
        }
    }

    /**
     * What has arrived in runs, of these messages: the whole of it where the messages are named by a join with {@code m}.
     *
     * @param messages the tables from which {@code m} is joined, such as {@code message m}
     * @param run an expression for the run, three times
     */
    static String captures(String messages, String run) {
        String from = " from " + messages;
        return "select " + KEY + " as source, coalesce(m.owner_key, '') as owner" + from + " where m.run = " + run
                + " and (exists (select 1 from item i where i.message = m.id and i.run = m.run)"
                + " or exists (select 1 from met_again a where a.message = m.id and a.run = m.run))"
                + " union select m.source_id, c.owner" + from
                + " join capture c on c.message = m.id join item i on i.message = c.message and i.target = c.target where c.run = "
                + run
                + " union select " + KEY + ", a.owner" + from
                + " join capture_met_again a on a.message = m.id and a.run = " + run
                + " where exists (select 1 from item i where i.message = m.id)";
    }

    private static final String COUNT = "select count(*) from ("
            + captures(
                    "unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (wanted_connector, wanted_id)"
                            + " join message m on m.connector = wanted.wanted_connector and m.source_id = wanted.wanted_id",
                    "?")
            + ") met";

    /** Makes a change to what arrived of messages in runs, and writes what it is in the totals. */
    <T> T around(Collection<String> runs, Collection<Source> sources, Supplier<T> change) {
        if (sources.isEmpty()) {
            return change.get();
        }
        List<Source> several = sources.stream().distinct().toList();
        Set<String> ordered = new TreeSet<>(runs);
        lock(several);
        TotalChanges changes = new TotalChanges();
        ordered.forEach(run -> changes.add(run, Counted.ARRIVED, null, -count(run, several)));
        T result = change.get();
        ordered.forEach(run -> changes.add(run, Counted.ARRIVED, null, count(run, several)));
        totals.write(changes);
        return result;
    }

    void around(Collection<String> runs, Collection<Source> sources, Runnable change) {
        around(runs, sources, () -> {
            change.run();
            return null;
        });
    }

    /** In the order of their ids, as messages are recorded. */
    private void lock(List<Source> sources) {
        UUID[] messages = jdbc
                .query("""
                        select m.id from unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (wanted_connector, wanted_id)
                            join message m on m.connector = wanted.wanted_connector and m.source_id = wanted.wanted_id""", (row, number) -> row.getObject("id", UUID.class), connectors(sources), ids(sources))
                .stream()
                .sorted()
                .toArray(UUID[]::new);
        jdbc.query("""
                select m.id from unnest(cast(? as uuid array)) with ordinality as wanted (wanted_message, place)
                    join message m on m.id = wanted.wanted_message order by wanted.place for update""", row -> {}, (Object) messages);
    }

    private long count(String run, List<Source> sources) {
        Object connectors = connectors(sources);
        Object ids = ids(sources);
        return jdbc.queryForObject(COUNT, Long.class, connectors, ids, run, connectors, ids, run, connectors, ids, run);
    }

    private static String[] connectors(List<Source> sources) {
        return sources.stream().map(Source::connector).toArray(String[]::new);
    }

    private static String[] ids(List<Source> sources) {
        return sources.stream().map(Source::id).toArray(String[]::new);
    }

    Set<Source> of(Collection<UUID> messages) {
        return new HashSet<>(jdbc.query(
                "select m.connector, m.source_id from unnest(cast(? as uuid array)) as wanted (wanted_message) join message m on m.id = wanted.wanted_message",
                (row, number) -> new Source(row.getString("connector"), row.getString("source_id")),
                (Object) messages.stream().distinct().toArray(UUID[]::new)));
    }

    /** The runs that have something to do with messages: those that met them, or an item of them, or a capture. */
    Set<String> runs(Collection<UUID> messages) {
        UUID[] wanted = messages.stream().distinct().toArray(UUID[]::new);
        String from = " from unnest(cast(? as uuid array)) as wanted (wanted_message) ";
        return jdbc
                .query(
                        "select m.run" + from + "join message m on m.id = wanted.wanted_message union select a.run"
                                + from
                                + "join met_again a on a.message = wanted.wanted_message union select c.run" + from
                                + "join capture c on c.message = wanted.wanted_message",
                        (ResultSet row, int number) -> row.getString("run"),
                        wanted,
                        wanted,
                        wanted)
                .stream()
                .collect(Collectors.toSet());
    }

    /**
     * New messages of which nothing was known, with their first captures: no row has to be read to count them. Any other revision of the
     * same message would have made the insertion fail.
     */
    void first(List<Items.Fresh> fresh) {
        TotalChanges changes = new TotalChanges();
        for (Items.Fresh one : fresh) {
            Revision revision = one.revision();
            Set<String> owners = new HashSet<>();
            if (one.items().stream().anyMatch(item -> item.run().equals(revision.run()))) {
                owners.add(revision.ownerKey() == null ? "" : revision.ownerKey());
            }
            one.captures().stream()
                    .filter(capture -> capture.run().equals(revision.run())
                            && one.items().stream()
                                    .anyMatch(item -> item.target().equals(capture.target())))
                    .forEach(capture -> owners.add(capture.owner()));
            changes.add(revision.run(), Counted.ARRIVED, null, owners.size());
        }
        totals.write(changes);
    }
}
