package org.chatarchiver.mapping;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form in which two ids of participants are compared: numbers in E.164 ({@code +447911123456}), all else as exact text.
 *
 * <p>A number is what consists of digits, an optional leading plus, and spaces, dashes, dots, slashes or brackets. A leading plus or
 * {@code 00} makes it international. One without either can be read in two ways: {@code 13012345678} is a mobile number within China
 * and one of Maryland with its country code. The feed writes the international form without a plus, people write the number as they
 * dial it; so the feed's are read as international first ({@link #received}) and a mapping file's as national first ({@link #written}).
 *
 * <p>Safe for use by many threads. The last results are remembered, because a parse takes some microseconds.
 */
public final class PhoneNumbers {
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST = 40;
    private static final Pattern NUMBER = Pattern.compile("\\+?[\\p{Nd} ().\\-/]*\\p{Nd}[\\p{Nd} ().\\-/]*");

    /** Space-likes, dash-likes, full-width forms and the direction marks that contact lists put around a number. */
    private static final Pattern SPACES = Pattern.compile("[\\t\\u00a0\\u2000-\\u200a\\u202f\\u3000]");

    private static final Pattern DASHES = Pattern.compile("[\\u2010-\\u2015\\u2212\\uff0d]");
    private static final Pattern MARKS =
            Pattern.compile("[\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069]");

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final String region;
    private final LruCache<String, String> received = new LruCache<>(REMEMBERED);
    private final LruCache<String, String> written = new LruCache<>(REMEMBERED);

    /** @param defaultRegion ISO 3166 code of the region whose national numbers are understood; empty for none */
    public PhoneNumbers(String defaultRegion) {
        this.region = defaultRegion;
    }

    static boolean isRegion(String code) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(code);
    }

    /** The comparable form of an id that the feed gave. */
    public String received(String id) {
        return remembered(received, id, false);
    }

    /** The comparable form of an id that a person wrote. */
    public String written(String id) {
        return remembered(written, id, true);
    }

    static boolean isNumber(String id) {
        return id.length() <= LONGEST && NUMBER.matcher(plain(id)).matches();
    }

    private String remembered(LruCache<String, String> cache, String id, boolean nationalFirst) {
        String known = cache.get(id);
        if (known != null) {
            return known;
        }
        if (!isNumber(id)) {
            return id.strip();
        }
        String comparable = comparable(plain(id), nationalFirst);
        cache.put(id, comparable);
        return comparable;
    }

    private String comparable(String number, boolean nationalFirst) {
        String digits = PhoneNumberUtil.normalizeDigitsOnly(number);
        if (number.startsWith("+")) {
            return international(digits);
        }
        if (digits.startsWith("00")) {
            return international(digits.substring(2));
        }
        Optional<String> national = national(number);
        if (national.isPresent() && (nationalFirst || !isValidInternational(digits))) {
            return national.get();
        }
        // A national number of an unknown region has no E.164 form: its digits are compared.
        return digits.startsWith("0") ? digits : international(digits);
    }

    /** Also a number that is not in use, or of no known country, has a comparable form. */
    private String international(String digits) {
        return parse("+" + digits, null)
                .map(n -> util.format(n, PhoneNumberFormat.E164))
                .orElse("+" + digits);
    }

    private boolean isValidInternational(String digits) {
        return parse("+" + digits, null).filter(util::isValidNumber).isPresent();
    }

    private Optional<String> national(String number) {
        if (region.isEmpty()) {
            return Optional.empty();
        }
        return parse(number, region).filter(util::isValidNumber).map(n -> util.format(n, PhoneNumberFormat.E164));
    }

    private Optional<PhoneNumber> parse(String number, String parseRegion) {
        try {
            return Optional.of(util.parse(number, parseRegion));
        } catch (NumberParseException e) {
            return Optional.empty(); // The library's way to say that this is no number.
        }
    }

    private static String plain(String id) {
        String unmarked = MARKS.matcher(id).replaceAll("");
        String spaced = SPACES.matcher(unmarked).replaceAll(" ");
        return DASHES.matcher(spaced).replaceAll("-").replace('\uff0b', '+').strip();
    }
}
