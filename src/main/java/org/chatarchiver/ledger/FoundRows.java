package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.ledger.FoundMessage.FoundEntry;
import org.chatarchiver.ledger.FoundMessage.FoundItem;
import org.chatarchiver.ledger.FoundMessage.FoundPage;
import org.chatarchiver.ledger.FoundMessage.FoundRun;
import org.chatarchiver.ledger.FoundMessage.Replayed;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads all that is known of some messages: some statements for all of them. Joins, since H2 looks for "= any" through whole tables. */
final class FoundRows {
    private static final String WANTED = " from unnest(cast(? as uuid array)) as wanted (wanted_id) join ";
    /** Of all messages; where there are more, each message is read for itself. */
    private static final int AT_ONCE = 2_000;

    private static final int MOST_ENTRIES = 5_000;

    private final JdbcTemplate jdbc;

    FoundRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Met(Revision revision, FoundRun run, FoundPage page) {}

    /** In their order. */
    List<FoundMessage> of(List<UUID> messages) {
        UUID[] ids = messages.toArray(UUID[]::new);
        Map<UUID, Met> met = met(ids);
        Map<UUID, List<Capture>> captures = CaptureRows.of(jdbc, ids);
        Map<UUID, List<FoundItem>> items = items(ids);
        Set<UUID> inWork = inWork(ids);
        Map<UUID, List<FoundEntry>> entries = entries(ids);
        return messages.stream()
                .filter(met::containsKey)
                .map(id -> new FoundMessage(
                        met.get(id).revision(),
                        met.get(id).run(),
                        met.get(id).page(),
                        captures.getOrDefault(id, List.of()),
                        items.getOrDefault(id, List.of()).stream()
                                .limit(FoundMessage.MOST_ITEMS)
                                .toList(),
                        items.getOrDefault(id, List.of()).size() > FoundMessage.MOST_ITEMS,
                        inWork.contains(id)
                                || Optional.ofNullable(met.get(id).page())
                                        .filter(page -> !page.done())
                                        .isPresent(),
                        entries.getOrDefault(id, List.of())))
                .toList();
    }

    /** One item more than is shown is enough to know that there are more. */
    private Map<UUID, List<FoundItem>> items(UUID[] ids) {
        Map<ItemKey, Replayed> replayed = ReplayedItems.of(jdbc, ids);
        return all(
                        ids,
                        FoundMessage.MOST_ITEMS + 1,
                        (wanted, limit) -> jdbc.query(
                                "select i.*, r.folder" + WANTED
                                        + "item i on i.message = wanted.wanted_id left join run r on r.id = i.run order by i.message, i.target limit ?",
                                (row, number) -> {
                                    Item item = Items.item(row, number);
                                    return new FoundItem(
                                            item,
                                            Sql.at(row, "updated"),
                                            row.getString("folder"),
                                            replayed.getOrDefault(ItemKey.of(item), Replayed.NOT));
                                },
                                wanted,
                                limit))
                .stream()
                .collect(Collectors.groupingBy(found -> found.item().message()));
    }

    /** All rows of all of these, or of each of them the first ones. */
    private static <T> List<T> all(UUID[] ids, int ofEach, BiFunction<UUID[], Integer, List<T>> read) {
        List<T> all = read.apply(ids, AT_ONCE + 1);
        return all.size() <= AT_ONCE
                ? all
                : Stream.of(ids)
                        .flatMap(id -> read.apply(new UUID[] {id}, ofEach).stream())
                        .toList();
    }

    /** Those with a later capture on a page that is not done. */
    private Set<UUID> inWork(UUID[] ids) {
        return Set.copyOf(jdbc.queryForList(
                "select distinct c.message" + WANTED
                        + "capture c on c.message = wanted.wanted_id join page p on p.run = c.run and p.number = c.page where p.state = 'LANDED'",
                UUID.class,
                (Object) ids));
    }

    private Map<UUID, Met> met(UUID[] ids) {
        Map<UUID, Met> met = new LinkedHashMap<>();
        jdbc.query(
                """
                select m.*, p.path, p.sha256, p.landed as page_landed, p.state as page_state, g.marked as page_removed,
                    r.state as run_state, r.window_from, r.window_to, r.folder""" + WANTED + """
                message m on m.id = wanted.wanted_id
                left join page p on p.run = m.run and p.number = m.page left join run r on r.id = m.run
                left join page_removal g on g.run = m.run and g.page = m.page""",
                row -> {
                    Revision revision = RevisionRows.row(row, 0);
                    met.put(revision.id(), new Met(revision, run(row), page(row)));
                },
                (Object) ids);
        return met;
    }

    private static FoundRun run(ResultSet row) throws SQLException {
        String state = row.getString("run_state");
        return state == null
                ? null
                : new FoundRun(
                        row.getString("run"),
                        Run.State.valueOf(state),
                        Sql.at(row, "window_from"),
                        Sql.at(row, "window_to"),
                        row.getString("folder"));
    }

    private static FoundPage page(ResultSet row) throws SQLException {
        String path = row.getString("path");
        return path == null
                ? null
                : new FoundPage(
                        path,
                        row.getString("sha256"),
                        Sql.at(row, "page_landed"),
                        !"LANDED".equals(row.getString("page_state")),
                        Sql.at(row, "page_removed"));
    }

    private record Of(UUID message, FoundEntry entry) {}

    private Map<UUID, List<FoundEntry>> entries(UUID[] ids) {
        return all(
                        ids,
                        MOST_ENTRIES,
                        (wanted, limit) -> jdbc.query(
                                Channels.COLUMNS + WANTED + """
                                channel_entry e on e.message = wanted.wanted_id
                                left join decision d on d.id = e.decision order by e.id limit ?""",
                                (row, number) -> new Of(
                                        row.getObject("message", UUID.class),
                                        new FoundEntry(row.getString("target"), Channels.row(row, number))),
                                wanted,
                                limit))
                .stream()
                .collect(Collectors.groupingBy(Of::message, Collectors.mapping(Of::entry, Collectors.toList())));
    }
}
