package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Enters what messages are found by, page by page, behind the archiving; each page again when more has been done in it. */
@Component
public class SearchNames {
    private static final int PAGES_AT_ONCE = 20;
    private static final int ROWS_AT_ONCE = 5_000;

    private static final String MESSAGE =
            "m.id, m.connector, m.source_id, m.digest, m.revision, m.page as met_on, r.started";
    private static final String WANTED =
            " from unnest(cast(? as varchar array), cast(? as integer array)) as wanted (wanted_run, wanted_page) join ";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    SearchNames(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Row(long name, long place, UUID message) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int byName = Long.compare(name, other.name);
            int byPlace = byName == 0 ? Long.compare(place, other.place) : byName;
            return byPlace == 0 ? message.compareTo(other.message) : byPlace;
        }
    }

    /** In the caller's transaction, or at once: what has become of a page is to be entered. */
    void wanted(Page page) {
        jdbc.update(
                "insert into search_page (run, page) values (?, ?) on conflict do nothing", page.run(), page.number());
    }

    /** Pages whose messages cannot be found by everything yet. */
    public long missing() {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from search_page", Long.class));
    }

    /**
     * Enters some pages.
     *
     * @return whether there may be more
     */
    public boolean enter() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Intents.PageKey> pages = jdbc.query(
                    "select run, page from search_page order by run, page limit ?",
                    (row, number) -> new Intents.PageKey(row.getString("run"), row.getInt("page")),
                    PAGES_AT_ONCE);
            if (pages.isEmpty()) {
                return false;
            }
            // First, so that what becomes of a page from now on has it entered again.
            int[] taken = jdbc.batchUpdate(
                    "delete from search_page where run = ? and page = ?",
                    pages.stream()
                            .map(page -> new Object[] {page.run(), page.page()})
                            .toList());
            for (int one : taken) {
                if (one != 1) {
                    // Another archiver is at it.
                    status.setRollbackOnly();
                    return false;
                }
            }
            write(rows(pages));
            return pages.size() == PAGES_AT_ONCE;
        }));
    }

    private Set<Row> rows(Collection<Intents.PageKey> pages) {
        String[] runs = pages.stream().map(Intents.PageKey::run).toArray(String[]::new);
        Integer[] numbers = pages.stream().map(Intents.PageKey::page).toArray(Integer[]::new);
        // In the order in which they are written: each leaf of the table's tree is touched once.
        Set<Row> rows = new TreeSet<>();
        jdbc.query(
                "select i.target, m.owner_key, " + MESSAGE + WANTED + """
                        item i on i.run = wanted.wanted_run and i.page = wanted.wanted_page
                        join message m on m.id = i.message join run r on r.id = m.run""",
                row -> {
                    add(rows, row, SearchName.target(row.getString("target")));
                    addOwner(rows, row, row.getString("owner_key"));
                    String sourceId = row.getString("source_id");
                    if (!Revision.isMalformed(sourceId)) {
                        add(
                                rows,
                                row,
                                SearchName.email(SearchName.emailDigits(
                                        row.getString("connector"),
                                        sourceId,
                                        row.getString("digest"),
                                        row.getInt("revision") > 0)));
                    }
                },
                runs,
                numbers);
        jdbc.query(
                "select c.owner, " + MESSAGE + "\n" + """
                 from unnest(cast(? as varchar array)) as wanted (wanted_run)
                        join capture c on c.run = wanted.wanted_run
                        join message m on m.id = c.message join run r on r.id = m.run where c.page = any(?)""",
                row -> {
                    addOwner(rows, row, row.getString("owner"));
                },
                pages.stream().map(Intents.PageKey::run).distinct().toArray(String[]::new),
                numbers);
        return rows;
    }

    private static void addOwner(Set<Row> rows, ResultSet row, String key) throws SQLException {
        if (key != null && !key.isEmpty()) {
            add(rows, row, SearchName.owner(key));
        }
    }

    private static void add(Set<Row> rows, ResultSet row, long name) throws SQLException {
        rows.add(new Row(
                name, SearchName.place(Sql.at(row, "started"), row.getInt("met_on")), row.getObject("id", UUID.class)));
    }

    private void write(Set<Row> rows) {
        List<Object[]> columns = rows.stream()
                .map(row -> new Object[] {row.name(), row.place(), row.message()})
                .toList();
        for (int i = 0; i < columns.size(); i += ROWS_AT_ONCE) {
            jdbc.batchUpdate(
                    "insert into search_name (name, place, message) values (?, ?, ?) on conflict do nothing",
                    columns.subList(i, Math.min(columns.size(), i + ROWS_AT_ONCE)));
        }
    }
}
