package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Captures by owner and day, and owners of whom there are none any more: as {@link CaptureCounts} has counted them. */
@Component
public class CaptureDays {
    private final JdbcTemplate jdbc;

    CaptureDays(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An owner on a day.
     *
     * @param owner as owners are compared
     * @param shown as the source once gave it
     */
    public record Day(LocalDate day, String connector, String owner, String shown, long captures) {
        public String place() {
            return Place.of(day, connector, owner);
        }
    }

    /**
     * An owner in all the time that was counted.
     *
     * @param first the first day with a capture
     */
    public record Owner(String connector, String owner, String shown, LocalDate first, LocalDate last, long captures) {
        public String place() {
            return Place.of(last, owner);
        }
    }

    /** Since when it is counted. */
    public Instant since() {
        return jdbc.queryForObject(
                "select since from coverage_start where id = 1", (row, number) -> Sql.at(row, "since"));
    }

    /**
     * By day, connector and owner.
     *
     * @param from the first day
     * @param to the day behind the last
     * @param connector empty for all
     * @param owner as owners are compared; null for all
     * @param after the {@link Day#place} of the last one that is known already; empty for none
     */
    public List<Day> days(LocalDate from, LocalDate to, String connector, String owner, String after, int limit) {
        List<String> place = Place.parse(after, 3).orElse(null);
        StringBuilder sql = new StringBuilder(
                "select d.*, o.shown from capture_day d join capture_owner o on o.connector = d.connector and o.owner = d.owner"
                        + " where d.sent >= ? and d.sent < ?");
        List<Object> values = new ArrayList<>(List.of(place == null ? from : LocalDate.parse(place.get(0)), to));
        if (!connector.isEmpty()) {
            sql.append(" and d.connector = ?");
            values.add(connector);
        }
        if (owner != null) {
            sql.append(" and d.owner = ?");
            values.add(owner);
        }
        if (place != null) {
            sql.append(" and (d.sent > ? or d.connector > ? or (d.connector = ? and d.owner > ?))");
            values.addAll(List.of(values.get(0), place.get(1), place.get(1), place.get(2)));
        }
        values.add(limit);
        return jdbc.query(
                sql.append(" order by d.sent, d.connector, d.owner limit ?").toString(),
                (row, number) -> new Day(
                        row.getObject("sent", LocalDate.class),
                        row.getString("connector"),
                        row.getString("owner"),
                        row.getString("shown"),
                        row.getLong("captures")),
                values.toArray());
    }

    /** Whether {@link #days} can go on there. */
    public static boolean isDay(String after) {
        return isPlace(after, 3);
    }

    /** Whether {@link #silent} can go on there. */
    public static boolean isOwner(String after) {
        return isPlace(after, 2);
    }

    private static boolean isPlace(String after, int parts) {
        try {
            return after.isEmpty()
                    || Place.parse(after, parts)
                            .map(place -> LocalDate.parse(place.get(0)))
                            .isPresent();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Owners of whom nothing was captured for so many days before the last day on which anything of their connector was. The last to fall
     * silent come first.
     *
     * @param after the {@link Owner#place} of the last one that is known already; empty for none
     */
    public List<Owner> silent(String connector, int days, String after, int limit) {
        LocalDate last = jdbc.queryForObject(
                "select max(last_day) as last_day from capture_owner where connector = ?",
                (row, number) -> row.getObject("last_day", LocalDate.class),
                connector);
        if (last == null) {
            return List.of();
        }
        List<String> place = Place.parse(after, 2).orElse(null);
        LocalDate until = place == null ? last.minusDays(days) : LocalDate.parse(place.get(0));
        return jdbc.query(
                "select * from capture_owner where connector = ? and owner <> '' and last_day <= ? and (last_day < ? or owner > ?)"
                        + " order by last_day desc, owner limit ?",
                CaptureDays::owner,
                connector,
                until,
                until,
                place == null ? "" : place.get(1),
                limit);
    }

    private static Owner owner(ResultSet row, int number) throws SQLException {
        return new Owner(
                row.getString("connector"),
                row.getString("owner"),
                row.getString("shown"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getLong("captures"));
    }
}
