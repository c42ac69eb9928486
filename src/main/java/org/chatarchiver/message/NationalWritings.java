package org.chatarchiver.message;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells by its groups whether a number is written as some country writes its own, without the country code. Safe for use by many threads. */
final class NationalWritings {
    /** No country has longer ones. */
    private static final int LONGEST = 17;

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

    /** A million rows are asked about; of the 200 country codes few have numbers of a length. */
    private final Map<Integer, List<Integer>> codesByLength = new ConcurrentHashMap<>();

    /** @param groups digits, one group at least, the first without a zero in front */
    boolean isSomewhere(List<String> groups) {
        String digits = String.join("", groups);
        return codesByLength.computeIfAbsent(digits.length(), this::codes).stream()
                .map(code -> number(code, digits))
                .filter(util::isValidNumber)
                .map(number -> util.format(number, PhoneNumberFormat.NATIONAL))
                .map(Notation::groups)
                .anyMatch(groups::equals);
    }

    private List<Integer> codes(int length) {
        if (length > LONGEST) {
            return List.of();
        }
        return util.getSupportedCallingCodes().stream()
                .filter(code ->
                        !PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY.equals(util.getRegionCodeForCountryCode(code)))
                .filter(code -> PhoneNumbers.isPossible(number(code, "1".repeat(length))))
                .toList();
    }

    private static PhoneNumber number(int code, String national) {
        return new PhoneNumber().setCountryCode(code).setNationalNumber(Long.parseLong(national));
    }
}
