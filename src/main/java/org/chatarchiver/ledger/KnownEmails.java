package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whether e-mails are known by the digits that their Message-IDs begin with: by the lists of the search, and by what is not entered there yet. */
@Component
public class KnownEmails {
    /** So that the driver does not hold all rows. */
    private static final int FETCHED = 1_000;

    private final JdbcTemplate jdbc;

    KnownEmails(JdbcTemplate jdbc) {
        this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.jdbc.setFetchSize(FETCHED);
    }

    /**
     * Those that the ledger knows nothing of.
     *
     * @param digits at most some thousands, 40 of lower-case hex each. For each one a five-hundredth of the lists is read, for thousands
     *     all of them once
     */
    public Set<String> unknown(Collection<String> digits) {
        Set<String> unknown = new LinkedHashSet<>(digits);
        if (!unknown.isEmpty()) {
            // In this order: what is entered meanwhile is in the lists by then.
            notEntered(unknown);
        }
        if (!unknown.isEmpty()) {
            entered(unknown);
        }
        return unknown;
    }

    /** Of pages that are in work, or wait to be entered; what is being sent has a row of its own only with its outcome. */
    private void notEntered(Set<String> unknown) {
        Set<UUID> sent = new HashSet<>();
        jdbc.query("select messages from intent", (ResultSet row) -> {
            for (Object message : (Object[]) row.getArray("messages").getArray()) {
                sent.add((UUID) message);
            }
        });
        remove(sent, unknown);
        jdbc.query("""
                select m.connector, m.source_id, m.digest, m.revision
                from (select run, number from page where state = 'LANDED' union select run, page from search_page) p
                join item i on i.run = p.run and i.page = p.number join message m on m.id = i.message""", (ResultSet row) -> {
            unknown.remove(digits(row));
        });
    }

    private void entered(Set<String> unknown) {
        Map<Long, Set<Long>> keysByList = new HashMap<>();
        unknown.forEach(digits -> {
            long key = SearchName.emailKey(digits);
            keysByList
                    .computeIfAbsent(SearchName.emails(key), none -> new HashSet<>())
                    .add(key);
        });
        Set<UUID> messages = new HashSet<>();
        keysByList.forEach((list, keys) -> jdbc.query(
                "select entries from search_list where name = ? order by name, batch",
                row -> {
                    SearchEntry.read(row.getBytes("entries")).stream()
                            .filter(entry -> keys.contains(entry.key()))
                            .forEach(entry -> messages.add(entry.message()));
                },
                list));
        remove(messages, unknown);
    }

    private void remove(Set<UUID> messages, Set<String> unknown) {
        jdbc.query(
                // As in Items.recall.
                """
                select m.connector, m.source_id, m.digest, m.revision
                from unnest(cast(? as uuid array)) as wanted (wanted_id) join message m on m.id = wanted.wanted_id""",
                (ResultSet row) -> {
                    unknown.remove(digits(row));
                },
                (Object) messages.toArray(UUID[]::new));
    }

    private static String digits(ResultSet row) throws SQLException {
        return SearchName.emailDigits(
                row.getString("connector"),
                row.getString("source_id"),
                row.getString("digest"),
                row.getInt("revision") > 0);
    }
}
