package org.chatarchiver.message;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/**
 * The countries that write the same number in two ways, both of which the networks still carry. What is compared is the form with the
 * ninth digit (Brazil), without the 1 (Mexico), without the 9 (Argentina).
 */
final class NumberPlans {
    private static final int BRAZIL = 55;
    private static final int MEXICO = 52;
    private static final int ARGENTINA = 54;
    private static final int AREA_CODE = 2;

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

    /** The number in the one form of its two; itself where it has but one. */
    PhoneNumber unified(PhoneNumber number) {
        return other(number).orElse(number);
    }

    private Optional<PhoneNumber> other(PhoneNumber number) {
        String national = util.getNationalSignificantNumber(number);
        return switch (number.getCountryCode()) {
            case BRAZIL -> withNinthDigit(national);
            case MEXICO -> without('1', MEXICO, national);
            case ARGENTINA -> without('9', ARGENTINA, national);
            default -> Optional.empty();
        };
    }

    /**
     * Mobile numbers of eight digits began with 6 to 9, and only those got a 9 in front (Anatel, 2012 to 2016); 2 to 5 are land lines, which have
     * eight digits to this day: the mobile number 9 3888-0001 was never 3888-0001, which is somebody else's.
     */
    private Optional<PhoneNumber> withNinthDigit(String national) {
        if (national.length() != AREA_CODE + 8 || national.charAt(AREA_CODE) < '6') {
            return Optional.empty();
        }
        String area = national.substring(0, AREA_CODE);
        return Optional.of(of(BRAZIL, area + "9" + national.substring(AREA_CODE)))
                .filter(util::isValidNumber);
    }

    /** Both countries have national numbers of ten digits, and write one more in front of a mobile number that is called from abroad. */
    private Optional<PhoneNumber> without(char mark, int country, String national) {
        return national.length() == 11 && national.charAt(0) == mark
                ? Optional.of(of(country, national.substring(1))).filter(PhoneNumbers::isPossible)
                : Optional.empty();
    }

    private static PhoneNumber of(int country, String national) {
        return new PhoneNumber().setCountryCode(country).setNationalNumber(Long.parseLong(national));
    }
}
