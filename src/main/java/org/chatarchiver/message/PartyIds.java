package org.chatarchiver.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/**
 * Tells whether two ids are the same person: phone numbers in whatever notation, also within a network's id
 * ({@code 447911123456:12@s.whatsapp.net}) and in the two ways of some countries; all else as text to the sign, with leading zeros and
 * with regard to case.
 *
 * <p>A number without {@code +} or {@code 00} can be read in two ways: {@code 13012345678} is a mobile number within China and one of
 * Maryland with its country code. The feed writes the international form without a plus, people write the number as they dial it; so
 * the feed's are read as international first ({@link #received}) and a mapping file's as national first ({@link #written}).
 *
 * <p>Safe for use by many threads. Results are remembered, because a parse takes some microseconds.
 */
public final class PartyIds {
    private static final int REMEMBERED = 20_000;

    private final PhoneNumbers numbers;
    private final Cache<String, PartyId> received =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<String, PartyId> written =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** @param defaultRegion ISO 3166 code of the region whose national numbers are understood; empty for none */
    public PartyIds(String defaultRegion) {
        this.numbers = new PhoneNumbers(defaultRegion);
    }

    /** Whether it is a code that can be a default region. */
    public static boolean isRegion(String code) {
        return PhoneNumbers.isRegion(code);
    }

    /** A mobile number of the default region as it is written there; empty where there is no region, or none is known. */
    public Optional<String> nationalExample() {
        return numbers.nationalExample();
    }

    /** Whether national numbers are understood. */
    public boolean hasRegion() {
        return numbers.hasRegion();
    }

    /** Whether it shows nothing, or is a room: both can stand where an id belongs, and name nobody. */
    public static boolean isNobody(String id) {
        String value = Blanks.cutOff(id);
        return value.isEmpty() || NetworkIds.isRoom(value);
    }

    /** Whether it is a group, a channel or a list, which is never a person. */
    public static boolean isRoom(String id) {
        return NetworkIds.isRoom(Blanks.cutOff(id));
    }

    /** An id that the feed gave. */
    public PartyId received(String id) {
        return remembered(received, id, false);
    }

    /** An id that a person wrote. */
    public PartyId written(String id) {
        return remembered(written, id, true);
    }

    /** Whether an id that a person wrote is a possible phone number. */
    public boolean isNumber(String id) {
        return number(Blanks.cutOff(id), true).isPresent();
    }

    /**
     * Whether a number that a person wrote is grouped like one without its country code, so that whose number it was taken for is chance:
     * {@code 202-555-0100} of Washington is, digit by digit, +20 25550100 of Egypt.
     */
    public boolean isGroupedAsNational(String id) {
        String value = Blanks.cutOff(id);
        return Notation.digits(value)
                .filter(digits -> numbers.isOtherwiseWritten(digits, Notation.groups(value)))
                .isPresent();
    }

    private PartyId remembered(Cache<String, PartyId> cache, String id, boolean nationalFirst) {
        PartyId known = cache.getIfPresent(id);
        if (known != null) {
            return known;
        }
        String value = Blanks.cutOff(id);
        Optional<PartyId> number = number(value, nationalFirst);
        number.ifPresent(found -> cache.put(id, found));
        return number.orElseGet(() -> PartyId.text(value));
    }

    private Optional<PartyId> number(String value, boolean nationalFirst) {
        return NetworkIds.number(value).map(numbers::international).orElseGet(() -> Notation.digits(value)
                .flatMap(digits -> numbers.dialled(digits, nationalFirst)));
    }
}
