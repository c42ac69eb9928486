package org.chatarchiver.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The ledger of an archiver that has ended, read by plain SQL. */
final class LedgerFile implements AutoCloseable {
    private final Connection connection;

    LedgerFile(Path data) throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:h2:file:" + data.resolve("ledger/ledger")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
                "sa",
                "");
    }

    /** @param from what follows {@code select count(*) from} */
    int count(String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getInt(1);
        }
    }

    List<String> strings(String query, UnaryOperator<String> change) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.add(change.apply(rows.getString(1)));
            }
        }
        return all;
    }

    /** SHA-256 by path. */
    Map<String, String> pages() throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select path, sha256 from page")) {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
        }
        return all;
    }

    /** The audit log as it stands in its table, in the order of its numbers: columns by name, null where there is none. */
    List<Map<String, Object>> audit() throws SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from audit_entry order by seq")) {
            while (rows.next()) {
                Map<String, Object> row = new TreeMap<>();
                for (String text : List.of("actor", "action", "connector", "subject", "detail", "previous", "hash")) {
                    row.put(text, rows.getString(text));
                }
                row.put("seq", rows.getLong("seq"));
                row.put("at", rows.getObject("happened", OffsetDateTime.class).toInstant());
                all.add(row);
            }
        }
        return all;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
