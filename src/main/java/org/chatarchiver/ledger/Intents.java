package org.chatarchiver.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Items that are about to be sent for the first time, durable before they are sent: one record for a part of a page instead of a row for
 * each, so that an item's row is written once, with its outcome. Until then it counts as SENDING in the totals. Whoever needs the rows
 * before, since work was broken off, or something else than a delivery comes of one, or another page meets the message, has them written
 * from the record.
 */
@Component
class Intents {
    /** H2 holds no more than 65,536 in an array. */
    private static final int AT_ONCE = 10_000;

    private static final String OF_PAGES = """
            select t.* from unnest(cast(? as varchar array), cast(? as integer array)) as wanted (wanted_run, wanted_page)
            join intent t on t.run = wanted.wanted_run and t.page = wanted.wanted_page order by t.id""";

    private final JdbcTemplate jdbc;
    private final ItemTotals totals;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Intents(JdbcTemplate jdbc, ItemTotals totals, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A page, by the names that its items have. */
    record PageKey(String run, int page) {
        static PageKey of(Item item) {
            return new PageKey(item.run(), item.page());
        }
    }

    private record Intent(long id, List<Item> items) {}

    /** Records items in place of their rows; in the caller's transaction. */
    void write(List<Item> items) {
        Map<PageKey, List<Item>> byPage = items.stream().collect(Collectors.groupingBy(PageKey::of));
        List<Object[]> rows = new ArrayList<>();
        byPage.forEach((page, ofPage) -> {
            for (int i = 0; i < ofPage.size(); i += AT_ONCE) {
                rows.add(columns(page, ofPage.subList(i, Math.min(ofPage.size(), i + AT_ONCE))));
            }
        });
        jdbc.batchUpdate(
                "insert into intent (run, page, messages, targets, rules) values (?, ?, cast(? as uuid array), cast(? as varchar array), cast(? as varchar array))",
                rows);
        totals.intended(items);
    }

    /** Those items whose rows nothing needs before their outcome. */
    static boolean isEnough(Item item) {
        return item.state() == ItemState.SENDING
                && item.attempts() == 0
                && item.reason() == null
                && item.detail() == null;
    }

    private static Object[] columns(PageKey page, List<Item> items) {
        return new Object[] {
            page.run(),
            page.page(),
            items.stream().map(Item::message).toArray(UUID[]::new),
            items.stream().map(Item::target).toArray(String[]::new),
            items.stream().map(Item::rule).toArray(String[]::new)
        };
    }

    /** Writes the rows of everything that these pages were about to send and has none yet, and ends the records. */
    void end(Collection<PageKey> pages) {
        if (!pages.isEmpty() && !of(pages).isEmpty()) {
            transaction.executeWithoutResult(status -> {
                List<Intent> intents = of(pages);
                rows(intents.stream().flatMap(intent -> intent.items().stream()).toList());
                jdbc.batchUpdate(
                        "delete from intent where id = ?",
                        intents.stream()
                                .map(intent -> new Object[] {intent.id()})
                                .toList());
            });
        }
    }

    /** Writes the rows of those of the items that are recorded here and have none yet; in the caller's transaction. */
    void ensure(Collection<Item> items) {
        List<PageKey> pages = items.stream().map(PageKey::of).distinct().toList();
        Set<ItemKey> wanted = new HashSet<>(ItemKey.of(items));
        if (!wanted.isEmpty()) {
            rows(of(pages).stream()
                    .flatMap(intent -> intent.items().stream())
                    .filter(item -> wanted.contains(ItemKey.of(item)))
                    .toList());
        }
    }

    /** Whether something of a page is recorded here and has no row yet. */
    boolean isOpen(PageKey page) {
        List<ItemKey> intended = of(List.of(page)).stream()
                .flatMap(intent -> intent.items().stream())
                .map(ItemKey::of)
                .toList();
        return !totals.missing(intended).isEmpty();
    }

    /**
     * What of a run is recorded here and has no row yet.
     *
     * @param messages those none of whose items has one
     */
    record Unwritten(long items, long messages) {}

    Unwritten unwritten(String run) {
        List<ItemKey> intended = jdbc.query("select * from intent where run = ?", Intents::intent, run).stream()
                .flatMap(intent -> intent.items().stream())
                .map(ItemKey::of)
                .toList();
        Set<ItemKey> missing = totals.missing(intended);
        Set<UUID> written = intended.stream()
                .filter(key -> !missing.contains(key))
                .map(ItemKey::message)
                .collect(Collectors.toSet());
        return new Unwritten(
                missing.size(),
                missing.stream()
                        .map(ItemKey::message)
                        .filter(message -> !written.contains(message))
                        .distinct()
                        .count());
    }

    /** In the order in which every transaction writes items. The totals know them. */
    private void rows(List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        Set<ItemKey> missing = totals.missing(ItemKey.of(items));
        jdbc.batchUpdate(
                FreshRows.ITEM + " on conflict do nothing",
                FreshRows.columns(
                        items.stream()
                                .filter(item -> missing.contains(ItemKey.of(item)))
                                .sorted(Comparator.comparing(ItemKey::of))
                                .toList(),
                        clock));
    }

    private List<Intent> of(Collection<PageKey> pages) {
        return jdbc.query(
                OF_PAGES,
                Intents::intent,
                pages.stream().map(PageKey::run).toArray(String[]::new),
                pages.stream().map(PageKey::page).toArray(Integer[]::new));
    }

    private static Intent intent(ResultSet row, int number) throws SQLException {
        String run = row.getString("run");
        int page = row.getInt("page");
        Object[] messages = array(row, "messages");
        Object[] targets = array(row, "targets");
        Object[] rules = array(row, "rules");
        return new Intent(
                row.getLong("id"),
                IntStream.range(0, messages.length)
                        .mapToObj(i -> new Item(
                                (UUID) messages[i],
                                (String) targets[i],
                                run,
                                page,
                                ItemState.SENDING,
                                (String) rules[i],
                                null,
                                null,
                                0,
                                null,
                                null))
                        .toList());
    }

    private static Object[] array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        try {
            return (Object[]) array.getArray();
        } finally {
            array.free();
        }
    }
}
