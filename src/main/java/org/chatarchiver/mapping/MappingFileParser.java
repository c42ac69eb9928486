package org.chatarchiver.mapping;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.message.PartyIds;

/**
 * Checks a mapping file (see the package's description) and names every bad row by the line on which it starts, also behind quoted
 * line breaks. What is read as a row is the route's affair.
 */
public final class MappingFileParser {
    /** 64 MB. */
    public static final long MOST_BYTES = 64L << 20;

    public static final int MOST_ROWS = 1_000_000;
    public static final int MOST_ERRORS = 100;

    private final PartyIds ids;

    public MappingFileParser(PartyIds ids) {
        this.ids = ids;
    }

    /** Why the file cannot be taken at all: it is too large, of another format, or not UTF-8; empty where it is to be read row by row. */
    public static Optional<Parsed.Rejected> refusal(Path csv) throws IOException {
        if (Files.size(csv) > MOST_BYTES) {
            return Optional.of(tooLarge());
        }
        Optional<String> other = OtherFormat.of(csv);
        if (other.isPresent()) {
            return other.map(sentence -> Parsed.Rejected.of(0, sentence));
        }
        try (InputStream in = Files.newInputStream(csv)) {
            long line = Utf8Check.firstBadLine(in);
            return line > 0
                    ? Optional.of(Parsed.Rejected.of(line, "The file is not UTF-8; save it as \"CSV UTF-8\"."))
                    : Optional.empty();
        }
    }

    /** Its text, without a byte-order mark; whoever asks closes it. */
    public static RowReader open(Path csv) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(csv));
        boolean opened = false;
        try {
            RowReader reader = new RowReader(new InputStreamReader(withoutMark(in), StandardCharsets.UTF_8));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    /**
     * Checks every row.
     *
     * @param rows read from the text; each is looked at before the next one is asked for
     */
    public Parsed check(Iterator<CSVRecord> rows, RowReader text) throws IOException {
        return new Reading(rows, text).all();
    }

    static Parsed.Rejected tooLarge() {
        return Parsed.Rejected.of(0, "The file is larger than " + (MOST_BYTES >> 20) + " MB.");
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
        return in;
    }

    /** One pass over one file. */
    private final class Reading {
        private final RowReader text;
        private final Iterator<CSVRecord> rows;
        private final MappingFile.Builder file = new MappingFile.Builder(ids);
        private final List<RowError> errors = new ArrayList<>();
        private long count;
        private long line;
        private long lines;

        Reading(Iterator<CSVRecord> rows, RowReader text) {
            this.rows = rows;
            this.text = text;
        }

        Parsed all() throws IOException {
            Optional<CSVRecord> header = next();
            if (count == 0) {
                MappingRow.headerError(header).ifPresent(this::error);
            }
            if (count == 0) {
                readRows(header.orElseThrow().size());
            }
            if (count == 0 && file.size() == 0) {
                return Parsed.Rejected.of(0, "The file has a header but no rows; it would map nobody.");
            }
            return count == 0 ? new Parsed.Accepted(file.build()) : new Parsed.Rejected(errors, count);
        }

        private void readRows(int columns) throws IOException {
            Optional<CSVRecord> row = next();
            while (row.isPresent()) {
                if (file.size() == MOST_ROWS) {
                    error("The file has more than " + MOST_ROWS + " rows.");
                    return;
                }
                read(row.get(), columns);
                row = next();
            }
        }

        private void read(CSVRecord row, int columns) {
            MappingRow.of(row, columns, ids, this::error)
                    .flatMap(read -> file.add(read, line))
                    .ifPresent(this::error);
        }

        /** Empty at the end, and where the rest cannot be read as CSV: that is an error of its own. */
        private Optional<CSVRecord> next() throws IOException {
            line = lines + 1;
            try {
                Optional<CSVRecord> row = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
                row.ifPresent(read -> lines = read.getParser().getCurrentLineNumber());
                text.rowDone();
                return row;
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof CSVException) && !(e.getCause() instanceof RowReader.RowTooLong)) {
                    throw e.getCause();
                }
                error("The quotation marks do not match; the rest of the file cannot be read.");
                return Optional.empty();
            }
        }

        private void error(String reason) {
            count++;
            if (errors.size() < MOST_ERRORS) {
                errors.add(new RowError(line, reason));
            }
        }
    }
}
