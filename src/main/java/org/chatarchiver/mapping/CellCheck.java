package org.chatarchiver.mapping;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a spreadsheet leaves in a cell, whatever the cell is for. */
final class CellCheck {
    /** A leading plus is a formula too, unless a number follows; a handle ({@code @name}) is none. */
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+-].*|@(?!\\w+$).*");

    /** By an apostrophe in front spreadsheets mark a text; word processors make it a curly one. */
    private static final String APOSTROPHES = "'\u2018\u2019\u02bc\uff07`\u00b4";

    /**
     * What a spreadsheet shows where a formula has failed, in the languages of Excel ({@code #N/A}, {@code #NV}, {@code #N/D}, {@code #WERT!},
     * {@code #\u00bfNOMBRE?}), of LibreOffice ({@code Err:508}), and where a column is too narrow.
     */
    private static final Pattern ERROR = Pattern.compile(
            "#[\u00a1\u00bf]?[\\p{L}\\d/_ ]+[!?]|#\\p{L}{1,2}/\\p{L}{1,2}\\.?|#(?:NV|GETTING_DATA|#+)|Err:\\d{3}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What programs write for a value that they do not have, and spreadsheets for a check box. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "[(\\[<]?(?:n/a|null|nil|none|nan|undefined|blank|true|false)[)\\]>]?|<na>", Pattern.CASE_INSENSITIVE);

    private CellCheck() {}

    /** Why a cell that must hold a value holds none, as the end of a sentence; empty where it may hold one. */
    static Optional<String> noValue(String value) {
        return PLACEHOLDER.matcher(value).matches()
                ? Optional.of("stands for no value; write the value, or leave the row out.")
                : failure(value);
    }

    /** Where a formula has failed, that as the end of a sentence. */
    static Optional<String> failure(String value) {
        return ERROR.matcher(value).matches()
                ? Optional.of("is what a spreadsheet shows where a formula has failed; write the value itself.")
                : Optional.empty();
    }

    static boolean isFormula(String value) {
        return FORMULA.matcher(value).matches();
    }

    static boolean hasApostrophe(String value) {
        return APOSTROPHES.indexOf(value.charAt(0)) >= 0;
    }

    /** Whether it has a character that cannot be seen, or that moves or breaks what stands beside it. */
    static boolean hasHidden(String value) {
        return value.codePoints().anyMatch(CellCheck::isHidden);
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            // An ideographic space is seen, and stands in names.
            case Character.SPACE_SEPARATOR -> c != ' ' && c != '\u3000';
            default -> false;
        };
    }
}
