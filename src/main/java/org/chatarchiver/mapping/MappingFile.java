package org.chatarchiver.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.message.Printable;

/** A custom mapping as it was accepted: immutable, safe for use by many threads; holds some 250 bytes a row. */
public final class MappingFile {
    private final PhoneNumbers numbers;
    private final Map<String, Row> rows;
    private final int size;

    private MappingFile(PhoneNumbers numbers, Map<String, Row> rows, int size) {
        this.numbers = numbers;
        this.rows = Collections.unmodifiableMap(rows);
        this.size = size;
    }

    /**
     * @param participant the id as the feed gave it
     * @param messageTime held against the validity of the rows, by its date in UTC
     * @return the mailbox as the file writes it
     */
    public Optional<String> lookup(String participant, Instant messageTime) {
        String received = numbers.received(participant);
        Optional<String> mailbox = at(received, messageTime);
        if (mailbox.isPresent()) {
            return mailbox;
        }
        // What stands in the file exactly as in the feed always matches, also where the two are read differently.
        String written = numbers.written(participant);
        return written.equals(received) ? mailbox : at(written, messageTime);
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    private Optional<String> at(String key, Instant time) {
        LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
        for (Row row = rows.get(key); row != null; row = row.next) {
            if (row.validity.contains(date)) {
                return Optional.of(row.mailbox);
            }
        }
        return Optional.empty();
    }

    /** Collects rows, of which no two for one id may overlap. */
    static final class Builder {
        private static final int MOST_PERIODS = 100;
        private final PhoneNumbers numbers;
        private final Map<String, Row> rows = new HashMap<>();
        private int size;

        Builder(PhoneNumbers numbers) {
            this.numbers = numbers;
        }

        /** The reason why the row cannot be taken in beside the others; empty where it was. */
        Optional<String> add(String id, String mailbox, Validity validity, long line) {
            String key = numbers.written(id);
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
            rows.put(key, new Row(mailbox, validity, line, first));
            size++;
            return Optional.empty();
        }

        int size() {
            return size;
        }

        MappingFile build() {
            return new MappingFile(numbers, rows, size);
        }
    }

    /** The rows of one id are a chain: nearly always of one. */
    private record Row(String mailbox, Validity validity, long line, Row next) {}
}
