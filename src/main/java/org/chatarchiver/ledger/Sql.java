package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times and texts as both databases take them. */
final class Sql {
    private static final int LONGEST_DETAIL = 1000;

    private Sql() {}

    static OffsetDateTime at(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Reason reason(ResultSet row) throws SQLException {
        String name = row.getString("reason");
        return name == null ? null : Reason.valueOf(name);
    }

    static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    /** PostgreSQL stores neither NUL nor half a surrogate pair in a text: each becomes U+FFFD. */
    static String text(String outside) {
        StringBuilder clean = new StringBuilder(outside.length());
        outside.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    static String detail(String text) {
        if (text == null) {
            return null;
        }
        String clean = text(text);
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL);
    }
}
