package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Captures as rows of the table {@code capture}, inside the caller's transaction. */
final class CaptureRows {
    private CaptureRows() {}

    static Map<UUID, List<Capture>> of(JdbcTemplate jdbc, UUID[] messages) {
        return jdbc
                .query(
                        "select c.* from unnest(cast(? as uuid array)) as wanted (wanted_id) join capture c on c.message = wanted.wanted_id order by c.message, c.owner",
                        CaptureRows::row,
                        (Object) messages)
                .stream()
                .collect(Collectors.groupingBy(Capture::message));
    }

    /** In one order, so that two pages with the same captures never wait for each other. */
    static void insert(JdbcTemplate jdbc, List<Capture> captures) {
        jdbc.batchUpdate(
                "insert into capture (message, owner, msisdn, run, page, position, target, added) values (?, ?, ?, ?, ?, ?, ?, ?)",
                captures.stream()
                        .sorted(Comparator.comparing(Capture::message).thenComparing(Capture::owner))
                        .map(CaptureRows::columns)
                        .toList());
    }

    private static Object[] columns(Capture capture) {
        return new Object[] {
            capture.message(),
            capture.owner(),
            capture.msisdn(),
            capture.run(),
            capture.page(),
            capture.position(),
            capture.target(),
            capture.added()
        };
    }

    private static Capture row(ResultSet row, int number) throws SQLException {
        return new Capture(
                row.getObject("message", UUID.class),
                row.getString("owner"),
                row.getString("msisdn"),
                row.getString("run"),
                row.getInt("page"),
                row.getLong("position"),
                row.getString("target"),
                row.getBoolean("added"));
    }
}
