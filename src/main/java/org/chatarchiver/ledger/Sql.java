package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.chatarchiver.message.Sha256;

/** Times and texts as both databases take them. */
final class Sql {
    /**
     * Later than any time of a row, as an upper bound for columns that mostly hold no time. H2 sorts what is null behind all times, and
     * reads it all where a range has no end, or where only "is not null" is asked for.
     */
    static final String NEVER = "timestamp with time zone '9999-12-31 00:00:00+00'";

    /** Of a detail, in characters. */
    static final int LONGEST_DETAIL = 1000;

    private static final int DIGEST_LENGTH = 64;

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

    /** @param count of a batch of insertions, for one of them */
    static boolean isInserted(int count) {
        if (count == Statement.SUCCESS_NO_INFO) {
            throw new IllegalStateException(
                    "The database does not tell what it has inserted; leave reWriteBatchedInserts out of spring.datasource.url");
        }
        return count > 0;
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
        return text(text, LONGEST_DETAIL);
    }

    /** As {@link #text(String)}, cut behind {@code longest} characters but never within a surrogate pair. */
    static String text(String outside, int longest) {
        String clean = text(outside);
        if (clean.length() <= longest) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** As {@link #text(String)}; one that is too long ends in a digest of the whole, so that two never become one. */
    static String key(String outside, int longest) {
        String clean = text(outside);
        if (clean.length() <= longest) {
            return clean;
        }
        return text(clean, longest - DIGEST_LENGTH) + Sha256.of(clean);
    }
}
