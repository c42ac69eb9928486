package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Enters what messages are found by, some pages at once, behind the archiving; a page again when more has been done in it. */
@Component
public class SearchLists {
    private static final int PAGES = 25;
    private static final long MESSAGES = 40_000;
    /** Of items and captures, held in memory at once: what comes behind them goes into further rows of the lists. */
    private static final int HELD = 100_000;
    /** So that the driver does not hold all of them. */
    private static final int FETCHED = 1_000;

    private static final String MESSAGE =
            "m.id, m.connector, m.source_id, m.digest, m.revision, m.page as met_on, r.started from unnest(cast(? as varchar array)";

    private final JdbcTemplate jdbc;
    private final JdbcTemplate rows;
    private final int held;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Set<Intents.PageKey> passedOver = ConcurrentHashMap.newKeySet();
    private final AtomicLong last = new AtomicLong(0);

    @Autowired
    SearchLists(JdbcTemplate jdbc, Clock clock, PlatformTransactionManager transactions) {
        this(jdbc, clock, transactions, HELD);
    }

    SearchLists(JdbcTemplate jdbc, Clock clock, PlatformTransactionManager transactions, int held) {
        this.jdbc = jdbc;
        this.rows = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.rows.setFetchSize(FETCHED);
        this.held = held;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Waiting(String run, int page, long messages) {}

    /** At once: what has become of a page is to be entered, unless it was asked for and nothing new has come of it. */
    void wanted(Page page) {
        jdbc.update(
                "insert into search_page (run, page) select run, number from page where run = ? and number = ? and not named on conflict do nothing",
                page.run(),
                page.number());
    }

    /** In the caller's transaction: pages that were entered before have come to more, to be entered when they are done. */
    static void more(JdbcTemplate jdbc, Collection<Intents.PageKey> pages) {
        jdbc.batchUpdate(
                "update page set named = false where run = ? and number = ? and named",
                pages.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Intents.PageKey::run).thenComparing(Intents.PageKey::page))
                        .map(page -> new Object[] {page.run(), page.page()})
                        .toList());
    }

    /** Pages whose messages cannot be found by everything yet. */
    public long missing() {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from search_page", Long.class));
    }

    /**
     * Enters some pages. One that cannot be entered is passed over until all others are.
     *
     * @return whether there may be more
     * @throws RuntimeException or an Error where one cannot be entered; the others are
     */
    public boolean enter() {
        List<Waiting> waiting = waiting();
        List<Waiting> pages = atOnce(waiting);
        if (pages.isEmpty()) {
            passedOver.clear();
            return false;
        }
        boolean taken;
        try {
            taken = enter(pages);
        } catch (RuntimeException | Error any) {
            eachAlone(pages);
            taken = true;
        }
        return taken && (pages.size() < waiting.size() || waiting.size() >= PAGES);
    }

    private void eachAlone(List<Waiting> pages) {
        Throwable failure = null;
        for (Waiting page : pages) {
            try {
                enter(List.of(page));
            } catch (RuntimeException | Error e) {
                passedOver.add(new Intents.PageKey(page.run(), page.page()));
                failure = e;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private List<Waiting> waiting() {
        return jdbc
                .query(
                        """
                        select s.run, s.page, coalesce(p.messages, 0) as messages from search_page s
                        left join page p on p.run = s.run and p.number = s.page order by s.run, s.page limit ?""",
                        (row, number) -> new Waiting(row.getString("run"), row.getInt("page"), row.getLong("messages")),
                        PAGES + passedOver.size())
                .stream()
                .filter(page -> !passedOver.contains(new Intents.PageKey(page.run(), page.page())))
                .toList();
    }

    private static List<Waiting> atOnce(List<Waiting> waiting) {
        List<Waiting> pages = new ArrayList<>();
        long messages = 0;
        for (Waiting page : waiting) {
            messages += page.messages();
            if (pages.isEmpty() || messages <= MESSAGES) {
                pages.add(page);
            }
        }
        return pages;
    }

    private boolean enter(List<Waiting> pages) {
        return Boolean.TRUE.equals(transaction.execute(status -> enter(pages, status)));
    }

    /** @return false, and nothing is entered, where another archiver is at one of them */
    private boolean enter(List<Waiting> pages, TransactionStatus status) {
        // First, so that what becomes of a page from now on has it entered again.
        int[] taken = jdbc.batchUpdate(
                "delete from search_page where run = ? and page = ?",
                pages.stream()
                        .map(page -> new Object[] {page.run(), page.page()})
                        .toList());
        for (int one : taken) {
            if (one != 1) {
                status.setRollbackOnly();
                return false;
            }
        }
        writeAll(pages);
        return true;
    }

    private void writeAll(List<Waiting> pages) {
        Lists lists = new Lists();
        String[] runs = pages.stream().map(Waiting::run).toArray(String[]::new);
        Integer[] numbers = pages.stream().map(Waiting::page).toArray(Integer[]::new);
        rows.query(
                "select i.target, m.owner_key, " + MESSAGE
                        + ", cast(? as integer array)) as wanted (wanted_run, wanted_page)"
                        + " join item i on i.run = wanted.wanted_run and i.page = wanted.wanted_page"
                        + " join message m on m.id = i.message join run r on r.id = m.run",
                row -> {
                    addPlace(lists.next(), row, SearchName.target(row.getString("target")));
                    addOwner(lists.entries, row, row.getString("owner_key"));
                    addEmail(lists.entries, row);
                },
                runs,
                numbers);
        rows.query(
                "select c.owner, " + MESSAGE + ") as wanted (wanted_run) join capture c on c.run = wanted.wanted_run"
                        + " join message m on m.id = c.message join run r on r.id = m.run where c.page = any(?)",
                row -> {
                    addOwner(lists.next(), row, row.getString("owner"));
                },
                pages.stream().map(Waiting::run).distinct().toArray(String[]::new),
                numbers);
        write(lists.entries);
    }

    /** As many as are held at once. */
    private final class Lists {
        private final Map<Long, SortedSet<SearchEntry>> entries = new TreeMap<>();
        private int read;

        Map<Long, SortedSet<SearchEntry>> next() {
            if (read++ == held) {
                write(entries);
                entries.clear();
                read = 1;
            }
            return entries;
        }
    }

    private static void addOwner(Map<Long, SortedSet<SearchEntry>> lists, ResultSet row, String key)
            throws SQLException {
        if (key != null && !key.isEmpty()) {
            addPlace(lists, row, SearchName.owner(key));
        }
    }

    private static void addPlace(Map<Long, SortedSet<SearchEntry>> lists, ResultSet row, long name)
            throws SQLException {
        add(lists, name, SearchName.place(Sql.at(row, "started"), row.getInt("met_on")), row);
    }

    private static void addEmail(Map<Long, SortedSet<SearchEntry>> lists, ResultSet row) throws SQLException {
        String sourceId = row.getString("source_id");
        if (!Revision.isMalformed(sourceId)) {
            long key = SearchName.emailKey(SearchName.emailDigits(
                    row.getString("connector"), sourceId, row.getString("digest"), row.getInt("revision") > 0));
            add(lists, SearchName.emails(key), key, row);
        }
    }

    private static void add(Map<Long, SortedSet<SearchEntry>> lists, long name, long key, ResultSet row)
            throws SQLException {
        lists.computeIfAbsent(name, list -> new TreeSet<>()).add(new SearchEntry(key, row.getObject("id", UUID.class)));
    }

    /** In the order of the table's key: each leaf of its tree is touched once. */
    private void write(Map<Long, SortedSet<SearchEntry>> lists) {
        // Two archivers that take the same one do not both end: the other's pages are entered a moment later.
        long batch = last.updateAndGet(before -> Math.min(before - 1, -clock.millis()));
        jdbc.batchUpdate(
                "insert into search_list (name, batch, entries) values (?, ?, ?)",
                lists.entrySet().stream()
                        .map(list -> new Object[] {list.getKey(), batch, SearchEntry.write(list.getValue())})
                        .toList());
    }
}
