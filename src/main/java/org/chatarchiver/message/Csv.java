package org.chatarchiver.message;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of CSV (RFC 4180) that a spreadsheet shows, and does not run: what it would take for a formula, by a
 * sign of full width too, has an apostrophe in front. */
public final class Csv {
    private static final String RUN = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String QUOTED = ",\"\r\n";

    /** A byte-order mark in front of a file: without it Excel takes UTF-8 for the system's own writing. */
    public static final String BEGIN = "\uFEFF";

    private Csv() {}

    /** @param cells each null for an empty one */
    public static String line(Object... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Cells that are no formula, as they are. */
    public static String verbatim(String... cells) {
        return Arrays.stream(cells).map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        String text = value == null ? "" : value.toString();
        // Numbers of ours are no formulas, but what came from outside stays text even where it looks like one.
        if (!(value instanceof Number) && !text.isEmpty() && RUN.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return quoted(text);
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(character -> QUOTED.indexOf(character) >= 0)
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
