package org.chatarchiver.mapping;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/** One row of a mapping file, checked by itself. */
record MappingRow(String id, String mailbox, Validity validity) {
    private static final List<String> COLUMNS =
            List.of("External User ID", "Microsoft 365 User Mailbox", "Valid From", "Valid To");
    private static final int LONGEST_ID = 256;

    /** A leading plus is a formula too, unless a number follows; a handle ({@code @name}) is none. */
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+-].*|@(?!\\w+$).*");

    private static final Pattern ROUNDED = Pattern.compile("\\d(?:[.,]\\d+)?[Ee]\\+?\\d+");

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
        if (row.size() == 1 && row.get(0).isBlank()) {
            return Optional.empty();
        }
        if (row.size() != columns) {
            errors.accept("The row has " + row.size() + " columns; the header has " + columns + ".");
            return Optional.empty();
        }
        Optional<String> bad = idError(row.get(0), ids).or(() -> mailboxError(row.get(1)));
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
            return Optional.of(new MappingRow(row.get(0).strip(), row.get(1).strip(), validity));
        } catch (DateTimeParseException e) {
            errors.accept(Printable.quoted(e.getParsedString()) + " is not a date; write it as 2026-11-20.");
            return Optional.empty();
        }
    }

    private static Optional<String> idError(String id, PartyIds ids) {
        boolean number = ids.isNumber(id);
        if (id.isBlank()) {
            return Optional.of("The External User ID is empty.");
        }
        if (id.length() > LONGEST_ID) {
            return Optional.of("The External User ID is longer than " + LONGEST_ID + " characters.");
        }
        if (!number && id.codePoints().anyMatch(MappingRow::isControl)) {
            return Optional.of(
                    "The External User ID " + Printable.quoted(id) + " has control characters or line breaks.");
        }
        if (!number && FORMULA.matcher(id.strip()).matches()) {
            return Optional.of(
                    "The External User ID " + Printable.quoted(id) + " looks like a formula of a spreadsheet.");
        }
        return ROUNDED.matcher(id.strip()).matches()
                ? Optional.of("The External User ID " + Printable.quoted(id)
                        + " was rounded by a spreadsheet; format the column as text.")
                : Optional.empty();
    }

    private static Optional<String> mailboxError(String text) {
        String mailbox = text.strip();
        if (mailbox.isEmpty()) {
            return Optional.of("The Microsoft 365 User Mailbox is empty.");
        }
        if (text.codePoints().anyMatch(MappingRow::isControl)) {
            return Optional.of("The mailbox " + Printable.quoted(text) + " has control characters or line breaks.");
        }
        if (FORMULA.matcher(mailbox).matches()) {
            return Optional.of("The mailbox " + Printable.quoted(text) + " looks like a formula of a spreadsheet.");
        }
        return MailboxAddresses.isValid(mailbox)
                ? Optional.empty()
                : Optional.of("The mailbox " + Printable.quoted(text) + " is not a valid address.");
    }

    private static Validity validity(String from, String to) {
        return new Validity(date(from, LocalDate.MIN), date(to, LocalDate.MAX));
    }

    private static LocalDate date(String text, LocalDate open) {
        return text.isBlank() ? open : LocalDate.parse(text.strip());
    }

    /** Whether the character cannot be seen, or moves or breaks what stands beside it. */
    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
