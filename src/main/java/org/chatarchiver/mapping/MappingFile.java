package org.chatarchiver.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.message.PartyId;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/** A custom mapping as it was accepted: immutable but for what is told of its rows, safe for use by many threads; holds some 250 bytes a row. */
public final class MappingFile {
    public static final int FIRST_ROWS = 10;

    private final PartyIds ids;
    private final Map<String, Row> rows;
    private final int size;
    private final List<FirstRow> first;
    /** Lines of rows that are known to be met, so that each is told once. */
    private final BitSet told = new BitSet();

    private MappingFile(PartyIds ids, Map<String, Row> rows, int size, List<FirstRow> first) {
        this.ids = ids;
        this.rows = Collections.unmodifiableMap(rows);
        this.size = size;
        this.first = List.copyOf(first);
    }

    /**
     * One of the first rows, as the file writes it but for white space and invisible signs around the values.
     *
     * @param line counted from 1, where the row starts
     * @param from and to: the days on which it holds, both included; null where the row does not say
     */
    public record FirstRow(long line, String id, String mailbox, LocalDate from, LocalDate to) {
        private static FirstRow of(long line, MappingRow row) {
            Validity validity = row.validity();
            return new FirstRow(
                    line,
                    row.id(),
                    row.mailbox(),
                    validity.from().equals(LocalDate.MIN) ? null : validity.from(),
                    validity.to().equals(LocalDate.MAX) ? null : validity.to());
        }
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

    /**
     * A row that a message has met.
     *
     * @param mark names it in whatever file it stands: the id as it is compared, and when it holds
     */
    public record MetRow(long line, String mark) {}

    private static String mark(String key, Validity validity) {
        return validity.isAlways() ? key : key + "\n" + validity.from() + "\n" + validity.to();
    }

    /** The row that a participant stands in, where it was not {@linkplain #told} of; whichever id wrote it. */
    Optional<MetRow> met(String participant, Instant messageTime) {
        PartyId received = ids.received(participant);
        Optional<MetRow> row = met(received, messageTime).or(() -> met(ids.written(participant), messageTime));
        synchronized (told) {
            return row.filter(found -> !told.get((int) found.line));
        }
    }

    private Optional<MetRow> met(PartyId id, Instant messageTime) {
        return row(id, messageTime).map(row -> new MetRow(row.line, mark(id.key(), row.validity)));
    }

    /** These need not be told again. */
    public void told(Collection<MetRow> rows) {
        synchronized (told) {
            rows.forEach(row -> told.set((int) row.line));
        }
    }

    /**
     * A row, as the file writes it but for the id.
     *
     * @param id in the form in which it is compared exactly
     * @param from and to: the days on which it holds, both included; null where the row does not say
     */
    public record PlacedRow(long line, String id, String mailbox, LocalDate from, LocalDate to, String mark) {}

    /** The rows behind a line, in their order, so many at most. */
    public List<PlacedRow> behind(long line, int limit) {
        List<PlacedRow> placed = new ArrayList<>();
        rows.forEach((key, chain) -> {
            for (Row row = chain; row != null; row = row.next) {
                if (row.line > line) {
                    placed.add(row.placed(key));
                }
            }
        });
        placed.sort(Comparator.comparingLong(PlacedRow::line));
        return List.copyOf(placed.subList(0, Math.min(limit, placed.size())));
    }

    /** The mailbox of each row as the file writes it, with the row's line; in no order. */
    public void mailboxes(ObjLongConsumer<String> each) {
        for (Row chain : rows.values()) {
            for (Row row = chain; row != null; row = row.next) {
                each.accept(row.mailbox, row.line);
            }
        }
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** The first {@value #FIRST_ROWS} rows. */
    public List<FirstRow> first() {
        return first;
    }

    /** How the rows differ from those of the file that was in force before; null for none. */
    MappingVersion.Rows against(MappingFile former) {
        if (former == null) {
            return new MappingVersion.Rows(size, size, 0, 0);
        }
        int added = 0;
        int changed = 0;
        int removed = 0;
        for (Map.Entry<String, Row> chain : rows.entrySet()) {
            Row before = former.rows.get(chain.getKey());
            int fresh = Row.beside(chain.getValue(), before);
            int gone = Row.beside(before, chain.getValue());
            int both = Math.min(fresh, gone);
            added += fresh - both;
            changed += both;
            removed += gone - both;
        }
        for (Map.Entry<String, Row> chain : former.rows.entrySet()) {
            if (!rows.containsKey(chain.getKey())) {
                removed += Row.beside(chain.getValue(), null);
            }
        }
        return new MappingVersion.Rows(size, added, changed, removed);
    }

    private Optional<Match> at(PartyId id, Instant time) {
        return row(id, time).map(row -> {
            boolean exact =
                    row.exact == null ? id.exact().equals(id.key()) : id.exact().equals(row.exact);
            return new Match(row.mailbox, exact);
        });
    }

    private Optional<Row> row(PartyId id, Instant time) {
        Row row = rows.get(id.key());
        if (row == null) {
            return Optional.empty();
        }
        LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
        while (row != null && !row.validity.contains(date)) {
            row = row.next;
        }
        return Optional.ofNullable(row);
    }

    /** Collects rows, of which no two for one id may overlap. */
    static final class Builder {
        private static final int MOST_PERIODS = 100;
        private final PartyIds ids;
        private final Map<String, Row> rows = new HashMap<>();
        private final List<FirstRow> firstRows = new ArrayList<>();
        private int size;

        Builder(PartyIds ids) {
            this.ids = ids;
        }

        /** The reason why the row cannot be taken in beside the others; empty where it was. */
        Optional<String> add(MappingRow added, long line) {
            String id = added.id();
            Validity validity = added.validity();
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
                    key,
                    new Row(
                            added.mailbox(),
                            written.exact().equals(key) ? null : written.exact(),
                            validity,
                            line,
                            first));
            size++;
            if (size <= FIRST_ROWS) {
                firstRows.add(FirstRow.of(line, added));
            }
            return Optional.empty();
        }

        int size() {
            return size;
        }

        MappingFile build() {
            return new MappingFile(ids, rows, size, firstRows);
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
    private record Row(String mailbox, String exact, Validity validity, long line, Row next) {
        /** How many rows of one chain are not in the other; either may be null, which is one without rows. */
        static int beside(Row chain, Row other) {
            int count = 0;
            for (Row row = chain; row != null; row = row.next) {
                count += row.isIn(other) ? 0 : 1;
            }
            return count;
        }

        PlacedRow placed(String key) {
            return new PlacedRow(
                    line,
                    exact == null ? key : exact,
                    mailbox,
                    validity.from().equals(LocalDate.MIN) ? null : validity.from(),
                    validity.to().equals(LocalDate.MAX) ? null : validity.to(),
                    mark(key, validity));
        }

        private boolean isIn(Row chain) {
            for (Row row = chain; row != null; row = row.next) {
                if (row.mailbox.equals(mailbox) && Objects.equals(row.exact, exact) && row.validity.equals(validity)) {
                    return true;
                }
            }
            return false;
        }
    }
}
