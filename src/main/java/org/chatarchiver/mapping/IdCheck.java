package org.chatarchiver.mapping;

import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/**
 * Whether an id of a mapping file can match anybody. Most that cannot are numbers that a spreadsheet has taken for amounts: they would be
 * accepted as text, and match nobody.
 */
final class IdCheck {
    private static final int LONGEST = 256;

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern TEL = Pattern.compile("(?is)tel:.*");

    /** {@code 4.477E+11} in the spellings of spreadsheets; a hexadecimal id such as {@code 12e5} has neither fraction nor sign. */
    private static final Pattern ROUNDED = Pattern.compile(
            "[+-]?\\d+[.,\u066b]\\d*\\s*[Ee]\\s*[+\u2212-]?\\s*\\d+|[+-]?\\d+\\s*[Ee]\\s*[+\u2212-]\\s*\\d+|\\d[Ee]\\d+"
                    + "|[+-]?\\d+(?:[.,]\\d+)?\\s*[x\u00d7*\u00b7]\\s*10\\s*\\^?\\s*[+-]?\\d+");

    private static final Pattern DECIMALS = Pattern.compile("\\+?[\\d ]+[.,]\\d+|\\+?[\\d ,.]+[.,]\\d{1,2}");
    private static final Pattern THOUSANDS = Pattern.compile("\\+?\\d{1,3}(?:[,'\u2019 ]\\d{2,3})+");
    private static final Pattern NATIONAL = Pattern.compile("[( ]*0[^0].*");
    private static final Pattern ONE_NUMBER = Pattern.compile("\\+?[\\d ().\\-/]+");

    private static final String NATIONAL_NUMBER =
            " a national number; write it as +<country code><number>, or set archiver.mapping.default-region.";

    private IdCheck() {}

    /** Why it cannot, as a sentence; empty where it can. */
    static Optional<String> refusal(String cell, PartyIds ids) {
        String id = Blanks.cutOff(cell);
        if (id.isEmpty()) {
            return Optional.of("The External User ID is empty.");
        }
        if (id.length() > LONGEST) {
            return Optional.of("The External User ID is longer than " + LONGEST + " characters.");
        }
        return fault(id, ids).map(fault -> "The External User ID " + Printable.quoted(id) + " " + fault);
    }

    private static Optional<String> fault(String id, PartyIds ids) {
        if (DIGITS.matcher(id).matches()) {
            return Optional.empty();
        }
        if (ids.isNumber(id)) {
            return ids.isGroupedAsNational(id) ? Optional.of("may be" + NATIONAL_NUMBER) : Optional.empty();
        }
        return CellCheck.noValue(id).or(() -> noNumber(id)).or(() -> noText(id, ids));
    }

    private static Optional<String> noNumber(String id) {
        if (PartyIds.isRoom(id)) {
            return Optional.of("is a group or a channel, which is never a person; leave the row out.");
        }
        if (CellCheck.hasApostrophe(id)) {
            return Optional.of("begins with an apostrophe, by which a spreadsheet marks a text; leave it out.");
        }
        if (ROUNDED.matcher(id).matches()) {
            return Optional.of("was rounded by a spreadsheet; format the column as text.");
        }
        if (TEL.matcher(id).matches()) {
            return Optional.of(
                    "is no possible phone number; write it as tel:+<country code><number>, and nothing behind it.");
        }
        return isDigitsAndPunctuation(id) ? Optional.of(numberFault(id)) : Optional.empty();
    }

    private static Optional<String> noText(String id, PartyIds ids) {
        if (CellCheck.hasHidden(id)) {
            return Optional.of("has control characters or line breaks, or signs that cannot be seen.");
        }
        if (CellCheck.isFormula(id)) {
            return Optional.of("looks like a formula of a spreadsheet.");
        }
        if (id.codePoints().allMatch(IdCheck::isDigitOrPunctuation)) {
            return Optional.of("is punctuation alone; write the id, or leave the row out.");
        }
        return WordsBesideNumber.in(id, ids)
                ? Optional.of("has words beside a number; write one number a row, and nothing else in the cell.")
                : Optional.empty();
    }

    private static String numberFault(String id) {
        if (DECIMALS.matcher(id).matches()) {
            return "has decimal places: a spreadsheet took it for an amount; format the column as text.";
        }
        if (THOUSANDS.matcher(id).matches()) {
            return "is written in thousands: a spreadsheet took it for an amount; format the column as text.";
        }
        if (NATIONAL.matcher(id).matches() && ONE_NUMBER.matcher(id).matches()) {
            return "is" + NATIONAL_NUMBER;
        }
        return ONE_NUMBER.matcher(id).matches()
                ? "is no possible phone number; check its country code and its length, and write one number a row."
                : "is digits and punctuation, but no phone number; write one number a row, as +<country code><number>.";
    }

    private static boolean isDigitsAndPunctuation(String id) {
        return id.codePoints().anyMatch(Character::isDigit) && id.codePoints().allMatch(IdCheck::isDigitOrPunctuation);
    }

    private static boolean isDigitOrPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
