package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds messages by what is known of them, by indexes alone: what it costs does not grow with the ledger. */
@Component
public class MessageSearch {
    private static final int MOST_NAMED = 1_000;

    private final JdbcTemplate jdbc;
    private final FoundRows rows;

    MessageSearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.rows = new FoundRows(jdbc);
    }

    /**
     * What to look for; whatever fits one of these is found.
     *
     * @param messageIds the source's
     * @param emailDigits the digits that Message-IDs begin with, 40 of lower-case hex each
     * @param owners in the form in which owners are compared
     * @param targets of items, in whatever case
     */
    public record Wanted(
            Collection<String> messageIds,
            Collection<String> emailDigits,
            Collection<String> owners,
            Collection<String> targets) {}

    /** Where a message stands among all: the latest first, by the run and page that it was met in; within one as the databases sort. */
    private record Key(long place, UUID message) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byPlace = Long.compare(place, other.place);
            return byPlace == 0 ? new ItemKey(message, "").compareTo(new ItemKey(other.message, "")) : byPlace;
        }

        static Optional<Key> parse(String word) {
            try {
                return Place.parse(word, 2)
                        .map(key -> new Key(Long.parseLong(key.get(0)), UUID.fromString(key.get(1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        static Key row(ResultSet row, int number) throws SQLException {
            return new Key(row.getLong("place"), row.getObject("message", UUID.class));
        }
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Key.parse(after).isPresent();
    }

    /** @param next the place behind which the list goes on; null at its end */
    public record Part(List<FoundMessage> messages, String next) {}

    /**
     * The latest first.
     *
     * @param after the place behind which the list goes on; empty for its beginning
     */
    @Transactional(readOnly = true)
    public Part find(Wanted wanted, int limit, String after) {
        Key behind = Key.parse(after).orElse(null);
        SortedSet<Key> found = new TreeSet<>(byId(wanted.messageIds()));
        names(wanted).forEach(name -> found.addAll(byName(name, behind, limit + 1)));
        List<Key> part = found.stream()
                .filter(key -> behind == null || key.compareTo(behind) > 0)
                .limit(limit + 1L)
                .toList();
        List<Key> shown = part.subList(0, Math.min(limit, part.size()));
        Key last = part.size() > limit ? part.get(limit - 1) : null;
        return new Part(
                rows.of(shown.stream().map(Key::message).toList()),
                last == null ? null : Place.of(last.place(), last.message()));
    }

    /** Landed pages that have not been worked through. */
    public long unreadPages() {
        return Objects.requireNonNull(
                jdbc.queryForObject("select count(*) from page where state = 'LANDED'", Long.class));
    }

    private static List<Long> names(Wanted wanted) {
        List<Long> names = new ArrayList<>();
        wanted.emailDigits().forEach(digits -> names.add(SearchName.email(digits)));
        wanted.owners().forEach(owner -> names.add(SearchName.owner(Revision.ownerKey(owner))));
        wanted.targets().forEach(target -> names.add(SearchName.target(target)));
        return names;
    }

    /** The condition that stands alone is there for H2, which does not see it in the other one. */
    private List<Key> byName(long name, Key behind, int limit) {
        String select = "select place, message from search_name where name = ?";
        String order = " order by name, place, message limit ?";
        return behind == null
                ? jdbc.query(select + order, Key::row, name, limit)
                : jdbc.query(
                        select + " and place >= ? and (place > ? or message > ?)" + order,
                        Key::row,
                        name,
                        behind.place(),
                        behind.place(),
                        behind.message(),
                        limit);
    }

    /** In every connector, since the index of the messages begins with that. */
    private List<Key> byId(Collection<String> messageIds) {
        if (messageIds.isEmpty()) {
            return List.of();
        }
        List<String> connectors =
                jdbc.queryForList("select id from connector union select distinct connector from run", String.class);
        List<String> ofConnector = new ArrayList<>();
        List<String> sourceIds = new ArrayList<>();
        for (String connector : connectors) {
            for (String id : messageIds) {
                ofConnector.addAll(List.of(connector, connector));
                sourceIds.addAll(List.of(Revision.storable(id), Revision.malformed(id)));
            }
        }
        return jdbc.query(
                """
                select r.started, m.page, m.id
                from unnest(cast(? as varchar array), cast(? as varchar array)) as wanted (wanted_connector, wanted_id)
                join message m on m.connector = wanted.wanted_connector and m.source_id = wanted.wanted_id
                join run r on r.id = m.run limit ?""",
                (row, number) -> new Key(
                        SearchName.place(Sql.at(row, "started"), row.getInt("page")), row.getObject("id", UUID.class)),
                ofConnector.toArray(String[]::new),
                sourceIds.toArray(String[]::new),
                MOST_NAMED);
    }
}
