package org.chatarchiver.message;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a phone number from what only consists of the same signs. A number is digits in groups, with an optional plus in front, and
 * between the groups spaces, dashes, dots, slashes or brackets; also behind {@code tel:} (RFC 3966, without parameters).
 */
final class Notation {
    private static final int LONGEST = 60;
    private static final String SCHEME = "tel:";

    /** Every quantifier is possessive: nothing is tried twice, whatever comes in. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?:\\+ ?+|\\(\\+[0-9]++\\) ?+)?+(?:\\( ?+[0-9][0-9 .\\-/]*+\\)|[0-9]++)(?:[ .\\-/]{0,3}+(?:\\( ?+[0-9][0-9 .\\-/]*+\\)|[0-9]++))*+");

    /** The shortest last group behind the only dot, so that it is no decimal place: {@code +1.2025550100} and {@code +1 202 555.0100} are numbers. */
    private static final int SHORTEST_GROUP = 4;

    private static final Pattern ZEROS = Pattern.compile("0+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");
    private static final Pattern BETWEEN_GROUPS = Pattern.compile("[^0-9]+");

    /** Dash-likes; space-likes are told by their kind. */
    private static final Pattern DASHES = Pattern.compile("[\\u2010-\\u2015\\u2212\\uff0d]");

    private Notation() {}

    /** The digits, with a plus in front where one was; empty where it is no number. */
    static Optional<String> digits(String id) {
        if (id.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(withoutScheme(id));
        if (!NUMBER.matcher(plain).matches() || hasDecimals(plain)) {
            return Optional.empty();
        }
        String digits = NO_DIGITS.matcher(plain).replaceAll("");
        return Optional.of(plain.indexOf('+') >= 0 ? "+" + digits : digits);
    }

    /** The digits of a number in the groups in which they are written, none of them empty. */
    static List<String> groups(String number) {
        return BETWEEN_GROUPS
                .splitAsStream(plain(withoutScheme(number)))
                .filter(group -> !group.isEmpty())
                .toList();
    }

    private static String withoutScheme(String id) {
        return id.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Blanks.cutOff(id.substring(SCHEME.length()))
                : id;
    }

    /**
     * Spreadsheets write the number 49301234500 as {@code 49301234500.0}, which without its dot is another person's. Several dots separate
     * groups, unless a single digit stands behind the last.
     */
    private static boolean hasDecimals(String number) {
        int dot = number.lastIndexOf('.');
        String last = number.substring(dot + 1);
        if (dot < 0 || !DIGITS.matcher(last).matches()) {
            return false;
        }
        boolean only = number.indexOf('.') == dot;
        return last.length() == 1
                || only
                        && (last.length() < SHORTEST_GROUP
                                || ZEROS.matcher(last).matches());
    }

    /** In ASCII, without the direction marks that contact lists put around a number. */
    private static String plain(String id) {
        StringBuilder plain = new StringBuilder(id.length());
        DASHES.matcher(id).replaceAll("-").codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
            } else if (Character.getType(c) == Character.SPACE_SEPARATOR || c == '\t') {
                plain.append(' ');
            } else if (c == '\uff0b') {
                plain.append('+');
            } else if (!Blanks.isUndrawn(c)) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}
