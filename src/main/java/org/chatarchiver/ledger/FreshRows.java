package org.chatarchiver.ledger;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Arrivals.Source;
import org.chatarchiver.ledger.Intents.PageKey;
import org.chatarchiver.ledger.Items.Fresh;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what is met for the first time, and the items that come of it, inside the caller's transaction. */
final class FreshRows {
    static final String ITEM =
            "insert into item (message, target, run, page, state, rule, reason, detail, attempts, first_try, updated) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;
    private final ItemTotals totals;
    private final Arrivals arrivals;
    private final Intents intents;
    private final Clock clock;

    FreshRows(JdbcTemplate jdbc, ItemTotals totals, Arrivals arrivals, Intents intents, Clock clock) {
        this.jdbc = jdbc;
        this.totals = totals;
        this.arrivals = arrivals;
        this.intents = intents;
        this.clock = clock;
    }

    /** Fails where one of them is recorded by now. */
    void write(List<Fresh> fresh) {
        intents.end(pages(fresh));
        // Every page takes its locks in the same order, else two that share messages could wait for each other.
        List<Fresh> ordered = fresh.stream()
                .sorted(Comparator.comparing(one -> one.revision().id()))
                .toList();
        Set<Source> known = ordered.stream()
                .filter(one -> one.known() || one.revision().number() > 0)
                .map(one -> Source.of(one.revision()))
                .collect(Collectors.toSet());
        Map<Boolean, List<Fresh>> ofKnown =
                ordered.stream().collect(Collectors.partitioningBy(one -> known.contains(Source.of(one.revision()))));
        arrivals.around(runs(ofKnown.get(true)), known, () -> insert(ordered, known));
        arrivals.first(ofKnown.get(false));
        SearchLists.more(jdbc, pages(fresh));
    }

    /** What these pages were about to send before has its outcomes by now, or is met again. */
    private static Set<PageKey> pages(List<Fresh> fresh) {
        Set<PageKey> pages = new HashSet<>();
        for (Fresh one : fresh) {
            pages.add(new PageKey(one.revision().run(), one.revision().page()));
            one.items().forEach(item -> pages.add(PageKey.of(item)));
        }
        return pages;
    }

    private static Set<String> runs(List<Fresh> fresh) {
        Set<String> runs = fresh.stream()
                .flatMap(one -> one.captures().stream())
                .map(Capture::run)
                .collect(Collectors.toSet());
        fresh.forEach(one -> {
            runs.add(one.revision().run());
            one.items().forEach(item -> runs.add(item.run()));
        });
        return runs;
    }

    private void insert(List<Fresh> fresh, Set<Source> known) {
        jdbc.batchUpdate(
                RevisionRows.INSERT,
                fresh.stream()
                        .filter(Predicate.not(Fresh::known))
                        .map(one -> RevisionRows.columns(one.revision()))
                        .toList());
        List<Capture> captures =
                fresh.stream().flatMap(one -> one.captures().stream()).toList();
        if (!captures.isEmpty()) {
            CaptureRows.insert(jdbc, captures);
        }
        Map<Boolean, List<Item>> later = fresh.stream()
                .collect(Collectors.partitioningBy(
                        one -> !known.contains(Source.of(one.revision())) && isToBeSentOnly(one),
                        Collectors.flatMapping(one -> one.items().stream(), Collectors.toList())));
        List<Item> items = later.get(false);
        totals.inserted(items, jdbc.batchUpdate(ITEM, columns(items, clock)));
        intents.write(later.get(true));
    }

    /** A message without more to it: whatever else counts what arrived reads its items' rows. */
    private static boolean isToBeSentOnly(Fresh one) {
        return one.captures().isEmpty() && one.items().stream().allMatch(Intents::isEnough);
    }

    /**
     * Items that are not there yet, of messages that are known.
     *
     * @return the pages of those that were not
     */
    List<PageKey> add(List<Item> items) {
        Set<ItemKey> missing = totals.missing(ItemKey.of(items));
        List<Item> wanted = items.stream()
                .filter(item -> missing.contains(ItemKey.of(item)))
                .toList();
        Set<Source> sources = arrivals.of(wanted.stream().map(Item::message).toList());
        Collection<String> runs =
                arrivals.runs(wanted.stream().map(Item::message).toList());
        arrivals.around(
                runs,
                sources,
                () -> totals.inserted(
                        wanted, jdbc.batchUpdate(ITEM + " on conflict do nothing", columns(wanted, clock))));
        return wanted.stream().map(PageKey::of).toList();
    }

    static List<Object[]> columns(List<Item> items, Clock clock) {
        return items.stream()
                .map(item -> new Object[] {
                    item.message(),
                    item.target(),
                    item.run(),
                    item.page(),
                    item.state().name(),
                    item.rule(),
                    Sql.name(item.reason()),
                    Sql.detail(item.detail()),
                    item.attempts(),
                    Sql.at(item.firstTry()),
                    Sql.at(clock.instant())
                })
                .toList();
    }
}
