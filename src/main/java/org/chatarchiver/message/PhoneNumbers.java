package org.chatarchiver.message;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** Digits as phone numbers, by the plans of the countries; a number need not be in use, but its country must have numbers of that length. */
final class PhoneNumbers {
    private static final String PREFIX = "00";

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final NumberPlans plans = new NumberPlans();
    private final NationalWritings writings = new NationalWritings();
    private final String region;

    /** @param region ISO 3166 code of the region whose national numbers are understood; empty for none */
    PhoneNumbers(String region) {
        this.region = region;
    }

    static boolean isRegion(String code) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(code);
    }

    boolean hasRegion() {
        return !region.isEmpty();
    }

    static boolean isPossible(PhoneNumber number) {
        return PhoneNumberUtil.getInstance().isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    /** A number of the region as it is written there; empty without a region. */
    Optional<String> nationalExample() {
        return Optional.ofNullable(
                        region.isEmpty() ? null : util.getExampleNumberForType(region, PhoneNumberType.MOBILE))
                .map(number -> util.format(number, PhoneNumberFormat.NATIONAL));
    }

    /** A number with its country code in front. */
    Optional<PartyId> international(String digits) {
        return parse("+" + digits, null)
                .filter(number -> isPossible(plans.unified(number)))
                .map(this::id)
                .filter(this::isLasting);
    }

    /**
     * Whether its E.164 forms are read as themselves. Behind the country code one trunk prefix is cut off, which people write there; what begins
     * with a second one would be yet another number each time that it is read, and is nobody's.
     */
    private boolean isLasting(PartyId id) {
        return reads(id.exact()) && reads(id.key());
    }

    private boolean reads(String number) {
        return parse(number, null).map(this::e164).filter(number::equals).isPresent();
    }

    /**
     * A number as it is dialled.
     *
     * @param number digits, perhaps with a plus in front
     * @param nationalFirst how to read a number without plus that may be both
     */
    Optional<PartyId> dialled(String number, boolean nationalFirst) {
        if (number.startsWith("+")) {
            return international(number.substring(1));
        }
        if (number.startsWith(PREFIX)) {
            return international(number.substring(PREFIX.length())).or(() -> national(number));
        }
        Optional<PartyId> national = national(number);
        if (national.isPresent() && (nationalFirst || !isValidInternational(number))) {
            return national;
        }
        return international(number);
    }

    /**
     * Whether a number without a plus is international by its digits alone, and national by its groups.
     *
     * @param number as for {@link #dialled}, where that gives one
     * @param groups the same digits as they are written
     */
    boolean isOtherwiseWritten(String number, List<String> groups) {
        if (number.startsWith("+") || number.startsWith(PREFIX) || groups.size() == 1) {
            return false;
        }
        return national(number).isEmpty()
                && parse("+" + number, null)
                        .filter(found -> !groups.get(0).equals(String.valueOf(found.getCountryCode()))
                                || writings.isSomewhere(groups))
                        .isPresent();
    }

    private Optional<PartyId> national(String number) {
        if (region.isEmpty()) {
            return Optional.empty();
        }
        return parse(number, region).filter(this::isValid).map(this::id);
    }

    private boolean isValidInternational(String digits) {
        return parse("+" + digits, null).filter(this::isValid).isPresent();
    }

    /** One that is in use in either way of writing it. */
    private boolean isValid(PhoneNumber number) {
        return util.isValidNumber(number) || util.isValidNumber(plans.unified(number));
    }

    private PartyId id(PhoneNumber number) {
        return new PartyId(e164(number), e164(plans.unified(number)));
    }

    private String e164(PhoneNumber number) {
        return util.format(number, PhoneNumberFormat.E164);
    }

    private Optional<PhoneNumber> parse(String number, String parseRegion) {
        try {
            return Optional.of(util.parse(number, parseRegion));
        } catch (NumberParseException e) {
            return Optional.empty(); // The library's way to say that this is no number.
        }
    }
}
