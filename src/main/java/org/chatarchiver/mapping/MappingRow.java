package org.chatarchiver.mapping;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/** One row of a mapping file, checked by itself. */
record MappingRow(String id, String mailbox, Validity validity) {
    private static final List<String> COLUMNS =
            List.of("External User ID", "Microsoft 365 User Mailbox", "Valid From", "Valid To");

    /** Why the header cannot be taken, as a sentence; empty where it can. */
    static Optional<String> headerError(Optional<CSVRecord> header) {
        List<String> found = header.map(CSVRecord::toList).orElse(List.of(""));
        if (found.equals(List.of(""))) {
            return Optional.of("The file is empty, or its first line is; the header \""
                    + String.join(",", COLUMNS.subList(0, 2)) + "\" is needed.");
        }
        return found.equals(COLUMNS) || found.equals(COLUMNS.subList(0, 2))
                ? Optional.empty()
                : Optional.of("The header is " + Printable.quoted(String.join(",", found)) + "; it must be \""
                        + String.join(",", COLUMNS.subList(0, 2)) + "\", with or without \",Valid From,Valid To\".");
    }

    /** The row, or nothing where it is bad (each reason is told) or the line is blank. */
    static Optional<MappingRow> of(CSVRecord row, int columns, PartyIds ids, Consumer<String> errors) {
        if (row.size() == 1 && Blanks.cutOff(row.get(0)).isEmpty()) {
            return Optional.empty();
        }
        if (row.size() != columns) {
            errors.accept("The row has " + row.size() + " columns; the header has " + columns + ".");
            return Optional.empty();
        }
        Optional<String> bad = IdCheck.refusal(row.get(0), ids)
                .or(() -> MailboxCheck.refusal(row.get(1)))
                .or(() -> row.stream().skip(2).flatMap(MappingRow::noDate).findFirst());
        if (bad.isPresent()) {
            errors.accept(bad.get());
            return Optional.empty();
        }
        try {
            Validity validity = columns == 2 ? Validity.ALWAYS : validity(row.get(2), row.get(3));
            if (validity.from().isAfter(validity.to())) {
                errors.accept("Valid From " + validity.from() + " is after Valid To " + validity.to() + ".");
                return Optional.empty();
            }
            return Optional.of(new MappingRow(Blanks.cutOff(row.get(0)), Blanks.cutOff(row.get(1)), validity));
        } catch (DateTimeParseException e) {
            errors.accept(Printable.quoted(e.getParsedString())
                    + " is not a date; write it as 2026-11-20, or leave it empty.");
            return Optional.empty();
        }
    }

    private static Stream<String> noDate(String cell) {
        String date = Blanks.cutOff(cell);
        return CellCheck.failure(date).map(fault -> "The date " + Printable.quoted(date) + " " + fault).stream();
    }

    private static Validity validity(String from, String to) {
        return new Validity(date(from, LocalDate.MIN), date(to, LocalDate.MAX));
    }

    private static LocalDate date(String text, LocalDate open) {
        String date = Blanks.cutOff(text);
        return date.isEmpty() ? open : LocalDate.parse(date);
    }
}
