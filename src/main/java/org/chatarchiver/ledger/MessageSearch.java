package org.chatarchiver.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    /** Read at once: one may hold tens of thousands. */
    private static final int BATCHES = 4;

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

    /** Where a message stands in a list of messages: what fits exactly comes first, then the latest. */
    private record Key(long batch, SearchEntry entry) implements Comparable<Key> {
        /** In front of all batches. */
        private static final long EXACT = Long.MIN_VALUE;

        @Override
        public int compareTo(Key other) {
            int byBatch = Long.compare(batch, other.batch);
            return byBatch == 0 ? entry.compareTo(other.entry) : byBatch;
        }

        UUID message() {
            return entry.message();
        }

        String word() {
            return Place.of(batch, entry.key(), entry.message());
        }

        static Optional<Key> parse(String word) {
            try {
                return Place.parse(word, 3)
                        .map(key -> new Key(
                                Long.parseLong(key.get(0)),
                                new SearchEntry(Long.parseLong(key.get(1)), UUID.fromString(key.get(2)))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Key.parse(after).isPresent();
    }

    /** @param next the place behind which the list goes on; null at its end */
    public record Part(List<FoundMessage> messages, String next) {}

    /**
     * The latest first. One in whose page more was done later may come a second time in a further part.
     *
     * @param after the place behind which the list goes on; empty for its beginning
     */
    @Transactional(readOnly = true)
    public Part find(Wanted wanted, int limit, String after) {
        Key behind = Key.parse(after).orElse(null);
        SortedSet<Key> keys = new TreeSet<>(byId(wanted.messageIds()));
        wanted.emailDigits().forEach(digits -> keys.addAll(byEmail(digits)));
        names(wanted).forEach(name -> keys.addAll(byName(name, behind, limit + 1)));
        // A message is in two batches where more was done in its page later.
        Map<UUID, Key> found = new LinkedHashMap<>();
        keys.stream()
                .filter(key -> behind == null || key.compareTo(behind) > 0)
                .forEach(key -> found.putIfAbsent(key.message(), key));
        List<Key> part = found.values().stream().limit(limit).toList();
        return new Part(
                rows.of(part.stream().map(Key::message).toList()),
                found.size() > limit ? part.get(limit - 1).word() : null);
    }

    /** Landed pages that have not been worked through. */
    public long unreadPages() {
        return Objects.requireNonNull(
                jdbc.queryForObject("select count(*) from page where state = 'LANDED'", Long.class));
    }

    private static List<Long> names(Wanted wanted) {
        List<Long> names = new ArrayList<>();
        wanted.owners().forEach(owner -> names.add(SearchName.owner(Revision.ownerKey(owner))));
        wanted.targets().forEach(target -> names.add(SearchName.target(target)));
        return names;
    }

    private record Batch(long number, List<SearchEntry> entries) {
        /** In order. */
        List<Key> behind(Key place) {
            return entries.stream()
                    .sorted()
                    .map(entry -> new Key(number, entry))
                    .filter(key -> place == null || key.compareTo(place) > 0)
                    .toList();
        }
    }

    /** The first ones behind a place, of so many messages where there are: one that was entered several times counts once. */
    private List<Key> byName(long name, Key behind, int most) {
        List<Key> keys = new ArrayList<>();
        Set<UUID> messages = new HashSet<>();
        long from = behind == null || behind.batch() == Key.EXACT ? Key.EXACT + 1 : behind.batch();
        // The first one is often enough, and may be large; of a name that is met seldom many are needed.
        int atOnce = 1;
        while (true) {
            List<Batch> batches = jdbc.query(
                    "select batch, entries from search_list where name = ? and batch >= ? order by name, batch limit ?",
                    (row, number) -> new Batch(row.getLong("batch"), SearchEntry.read(row.getBytes("entries"))),
                    name,
                    from,
                    atOnce);
            for (Batch batch : batches) {
                for (Key key : batch.behind(behind)) {
                    keys.add(key);
                    messages.add(key.message());
                    if (messages.size() == most) {
                        return keys;
                    }
                }
            }
            if (batches.size() < atOnce) {
                return keys;
            }
            from = batches.get(atOnce - 1).number() + 1;
            atOnce = BATCHES;
        }
    }

    /** Whatever has the key, which is nearly all of it, is looked at as a whole. */
    private List<Key> byEmail(String digits) {
        long key = SearchName.emailKey(digits);
        Set<UUID> messages = new LinkedHashSet<>();
        jdbc.query(
                "select entries from search_list where name = ? order by name, batch",
                row -> {
                    SearchEntry.read(row.getBytes("entries")).stream()
                            .filter(entry -> entry.key() == key)
                            .forEach(entry -> messages.add(entry.message()));
                },
                SearchName.emails(key));
        return rows.of(List.copyOf(messages)).stream()
                .map(FoundMessage::revision)
                .filter(revision -> SearchName.emailDigits(
                                revision.connector(), revision.sourceId(), revision.digest(), revision.number() > 0)
                        .equals(digits))
                .map(revision -> new Key(Key.EXACT, new SearchEntry(0, revision.id())))
                .toList();
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
                        Key.EXACT,
                        new SearchEntry(
                                SearchName.place(Sql.at(row, "started"), row.getInt("page")),
                                row.getObject("id", UUID.class))),
                ofConnector.toArray(String[]::new),
                sourceIds.toArray(String[]::new),
                MOST_NAMED);
    }
}
