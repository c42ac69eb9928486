package org.chatarchiver.mapping;

import java.util.regex.Pattern;

/** What a spreadsheet leaves in a cell, whatever the cell is for. */
final class CellCheck {
    /** A leading plus is a formula too, unless a number follows; a handle ({@code @name}) is none. */
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+-].*|@(?!\\w+$).*");

    /** By an apostrophe in front spreadsheets mark a text; word processors make it a curly one. */
    private static final String APOSTROPHES = "'\u2018\u2019\u02bc\uff07`\u00b4";

    private CellCheck() {}

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
