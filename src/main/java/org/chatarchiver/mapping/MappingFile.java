package org.chatarchiver.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.message.PartyId;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/** A custom mapping as it was accepted: immutable, safe for use by many threads; holds some 250 bytes a row. */
public final class MappingFile {
    private final PartyIds ids;
    private final Map<String, Row> rows;
    private final int size;

    private MappingFile(PartyIds ids, Map<String, Row> rows, int size) {
        this.ids = ids;
        this.rows = Collections.unmodifiableMap(rows);
        this.size = size;
    }

    /**
     * @param participant the id as the feed gave it
     * @param messageTime held against the validity of the rows, by its date in UTC
     */
    Optional<Match> lookup(String participant, Instant messageTime) {
        PartyId received = ids.received(participant);
        // What stands in the file exactly as in the feed always matches, also where the two are read differently.
        return at(received, messageTime).or(() -> at(ids.written(participant), messageTime));
    }

    /** The mailboxes as the file writes them. */
    void mailboxes(Set<String> all) {
        for (Row first : rows.values()) {
            for (Row row = first; row != null; row = row.next) {
                all.add(row.mailbox);
            }
        }
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    private Optional<Match> at(PartyId id, Instant time) {
        LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
        for (Row row = rows.get(id.key()); row != null; row = row.next) {
            if (row.validity.contains(date)) {
                boolean exact = row.exact == null
                        ? id.exact().equals(id.key())
                        : id.exact().equals(row.exact);
                return Optional.of(new Match(row.mailbox, exact));
            }
        }
        return Optional.empty();
    }

    /** Collects rows, of which no two for one id may overlap. */
    static final class Builder {
        private static final int MOST_PERIODS = 100;
        private final PartyIds ids;
        private final Map<String, Row> rows = new HashMap<>();
        private int size;

        Builder(PartyIds ids) {
            this.ids = ids;
        }

        /** The reason why the row cannot be taken in beside the others; empty where it was. */
        Optional<String> add(String id, String mailbox, Validity validity, long line) {
            PartyId written = ids.written(id);
            String key = written.key();
            int periods = 0;
            Row first = rows.get(key);
            for (Row row = first; row != null; row = row.next) {
                if (row.validity.overlaps(validity)) {
                    return Optional.of("The id " + Printable.quoted(id) + " stands in line " + row.line + " too"
                            + (validity.isAlways() && row.validity.isAlways()
                                    ? "; keep one of the two."
                                    : ", for days that overlap; end one before the other starts."));
                }
                periods++;
            }
            if (periods == MOST_PERIODS) {
                return Optional.of("The id " + Printable.quoted(id) + " has more than " + MOST_PERIODS + " rows.");
            }
            rows.put(
                    key, new Row(mailbox, written.exact().equals(key) ? null : written.exact(), validity, line, first));
            size++;
            return Optional.empty();
        }

        int size() {
            return size;
        }

        MappingFile build() {
            return new MappingFile(ids, rows, size);
        }
    }

    /**
     * @param mailbox as the file writes it
     * @param exact false where the row has the same number in the other way in which its country writes it
     */
    record Match(String mailbox, boolean exact) {}

    /**
     * The rows of one id are a chain: nearly always of one.
     *
     * @param exact the number as the row has it; null where that is the key
     */
    private record Row(String mailbox, String exact, Validity validity, long line, Row next) {}
}
