package org.chatarchiver.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartyIdsTest {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private final PartyIds anywhere = new PartyIds("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+447911123456",
                "447911123456",
                "00447911123456",
                "+44 7911 123456",
                " +44-7911-123456 ",
                "+44 (0)7911 123456",
                "+44.7911.123456",
                "\u202a+44\u00a07911\u2011123456\u202c",
                "\uff0b\uff14\uff147911123456"
            })
    void everyNotationOfANumberIsTheSame(String notation) {
        assertThat(anywhere.received(notation).key()).isEqualTo("+447911123456");
        assertThat(anywhere.written(notation).key()).isEqualTo("+447911123456");
        assertThat(new PartyIds("US").received(notation).key()).isEqualTo("+447911123456");
    }

    @Test
    void nationalNumbersAreUnderstoodWithADefaultRegion() {
        assertThat(new PartyIds("GB").written("07911 123456").key()).isEqualTo("+447911123456");
        assertThat(new PartyIds("GB").received("07911123456").key()).isEqualTo("+447911123456");
        assertThat(anywhere.written("07911123456").key()).isEqualTo("07911123456");
    }

    @Test
    void aNumberThatCanBeReadInTwoWaysIsInternationalInTheFeedAndNationalInAFile() {
        PartyIds china = new PartyIds("CN");
        assertThat(china.received("13012345678").key()).isEqualTo("+13012345678");
        assertThat(china.written("13012345678").key()).isEqualTo("+8613012345678");
        assertThat(china.received("8613012345678").key()).isEqualTo("+8613012345678");
        assertThat(china.written("+1 301 234 5678").key()).isEqualTo("+13012345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447911123456@s.whatsapp.net",
                "447911123456:12@s.whatsapp.net",
                "447911123456.0:12@s.whatsapp.net",
                "+447911123456@S.WhatsApp.net",
                "447911123456@c.us",
                "447911123456:1@c.us ",
                "447911123456@hosted",
                "447911123456:12@hosted",
                "447911123456_128:99@Hosted",
                "tel:+447911123456",
                "TEL:+44-7911-123456",
                "tel: 00447911123456",
                "(+44) 7911 123456",
                "\u2066+447911123456\u2069\ufeff"
            })
    void whatNetworksAndTelephonesPutAroundANumberDoesNotCount(String id) {
        assertThat(anywhere.received(id)).isEqualTo(new PartyId("+447911123456", "+447911123456"));
        assertThat(new PartyIds("US").written(id).key()).isEqualTo("+447911123456");
    }

    @Test
    void theNumberOfANetworkIdHasItsCountryCodeWhateverTheDefaultRegion() {
        assertThat(new PartyIds("CN").written("13012345678@c.us").key()).isEqualTo("+13012345678");
    }

    @ParameterizedTest
    @CsvSource({
        "551188880001, 5511988880001",
        "+55 (11) 8888-0001, 55 11 98888-0001",
        "557199990001@s.whatsapp.net, +5571999990001",
        "552177770001, 0055 21 97777-0001",
        "5215512345678, 525512345678",
        "+52 1 (55) 1234-5678, +52 55 1234 5678",
        "5215512345678:3@s.whatsapp.net, 0052.55.1234.5678",
        "5491123456789, 541123456789",
        "+54 9 11 2345-6789, +54 (11) 2345 6789",
        "5493435551234@c.us, tel:+543435551234",
        "+54 11 15 2345-6789, +541123456789"
    })
    void aNumberThatItsCountryWritesInTwoWaysIsOnePerson(String one, String other) {
        for (PartyIds ids : List.of(anywhere, new PartyIds("DE"), new PartyIds("US"))) {
            assertThat(ids.received(one).key()).isEqualTo(ids.received(other).key());
            assertThat(ids.received(one).isOtherWritingOf(ids.received(other))).isTrue();
            assertThat(ids.received(other).isOtherWritingOf(ids.received(one))).isTrue();
            assertThat(ids.received(one).isOtherWritingOf(ids.received(one))).isFalse();
        }
    }

    @Test
    void theExactFormIsNeverRewritten() {
        assertThat(anywhere.received("55 11 8888-0001").exact()).isEqualTo("+551188880001");
        assertThat(anywhere.received("55 11 98888-0001").exact()).isEqualTo("+5511988880001");
        assertThat(anywhere.received("521 55 1234 5678").exact()).isEqualTo("+5215512345678");
        assertThat(anywhere.received("549 11 2345 6789").exact()).isEqualTo("+5491123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "551138880001, 5511938880001",
        "551128880001, 5511928880001",
        "551158880001, 5511958880001",
        "551188880001, 5521988880001",
        "5512345678, 55912345678",
        "521551234567, 52551234567",
        "52155123456789, 5255123456789",
        "549112345678, 54112345678",
        "5591188880001, 551188880001",
        "4491123456789, 441123456789",
        "15512345678, 5512345678"
    })
    void noOtherNumbersAreOnePerson(String one, String other) {
        assertThat(anywhere.received(one).key())
                .isNotEqualTo(anywhere.received(other).key());
    }

    @Test
    void aNationalNumberInTheOlderWayIsUnderstoodWithADefaultRegion() {
        PartyIds brazil = new PartyIds("BR");
        assertThat(brazil.written("(11) 8888-0001").key())
                .isEqualTo(brazil.received("5511988880001").key());
        assertThat(new PartyIds("AR").written("011 15-2345-6789").key())
                .isEqualTo(anywhere.received("541123456789").key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00123", "0123", "123", "00", "0", "+123", "00999123456", "123@c.us", "00123@c.us"})
    void whatIsNoPossibleNumberIsTextWithItsLeadingZeros(String id) {
        for (PartyIds ids : List.of(anywhere, new PartyIds("GB"), new PartyIds("BR"))) {
            assertThat(ids.received(id)).isEqualTo(PartyId.text(id));
            assertThat(ids.written(id)).isEqualTo(PartyId.text(id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "49301234500.0",
                "49301234500.00",
                "49301234500.000",
                "49301234500.0000",
                "+49 30 1234500.0",
                "493.012.345.00.0",
                "49301234500.5",
                "49301234500.",
                "49301234500-",
                ".49301234500",
                "-49301234500",
                "49,301,234,500",
                "49301234500,0",
                "4.9301E+10",
                "'+49301234500",
                "49301234500 ::: 49301234501",
                "49301234500;49301234501",
                "49301234500 49301234501",
                "49301234500()",
                "(49301234500",
                "49301234500:12",
                "tel:+49301234500;ext=5"
            })
    void whatOnlyLooksLikeANumberEqualsItselfAlone(String id) {
        assertThat(anywhere.received(id)).isEqualTo(PartyId.text(id));
        assertThat(anywhere.received(id)).isEqualTo(anywhere.written(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 202.555.0100",
                "+1.2025550100",
                "1.202.555.0100",
                "+1 (202) 555-0100",
                "+1/202/555.0100",
                "1 202 - 555 0100"
            })
    void dotsBetweenGroupsAreSeparatorsLikeOthers(String id) {
        assertThat(anywhere.received(id).key()).isEqualTo("+12025550100");
        assertThat(anywhere.received("+33.6.12.34.56.00").key()).isEqualTo("+33612345600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wxid_abc",
                "WXID_ABC",
                "alice@contoso.example",
                "123456789012345@lid",
                "447911123456@lid",
                "447911123456:12@lid",
                "447911123456@hosted.lid",
                "447911123456:99@hosted.lid",
                "447911123456@hosted.example",
                "447911123456@myhosted",
                "447911123456@example.com",
                "+44x",
                "用户",
                "12-ab",
                "+",
                "a b"
            })
    void otherIdsAreComparedAsText(String id) {
        assertThat(anywhere.received(id)).isEqualTo(PartyId.text(id));
        assertThat(new PartyIds("GB").written(id)).isEqualTo(PartyId.text(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wxid_1\u00a0",
                "\ufeffwxid_1",
                "\u200bwxid_1\u2060",
                "\u3000wxid_1\t\r\n",
                "\u202awxid_1\u202c",
                "\u200ewxid_1\u200f",
                "\u2007\u202fwxid_1",
                "\u2067wxid_1\u2069",
                "\u2800wxid_1\u00ad"
            })
    void whatCannotBeSeenAroundAnIdIsCutOff(String id) {
        assertThat(anywhere.received(id)).isEqualTo(PartyId.text("wxid_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447911123456-1600000000@g.us",
                "120363000000000000@G.US",
                "x@chatroom",
                "x@im.chatroom",
                "status@broadcast",
                "1600000000@broadcast",
                "120363000000000000@newsletter",
                " x@chatroom\u00a0"
            })
    void aRoomIsNobody(String id) {
        assertThat(PartyIds.isRoom(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447911123456@c.us",
                "chatroom",
                "x@chatroom.example",
                "x@lid",
                "x@hosted.lid",
                "447911123456@hosted",
                "g.us",
                ""
            })
    void othersAreNoRooms(String id) {
        assertThat(PartyIds.isRoom(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b\ufeff", "x@chatroom", "\u00a0x@g.us"})
    void whatShowsNothingAndRoomsAreNobody(String id) {
        assertThat(PartyIds.isNobody(id)).isTrue();
        assertThat(PartyIds.isNobody(id + "x")).isFalse();
    }

    @Property(tries = 300)
    void digitsAloneEqualTheFormWithAPlus(@ForAll("numbers") PhoneNumber number) {
        String e164 = UTIL.format(number, PhoneNumberFormat.E164);
        for (PartyIds numbers : List.of(anywhere, new PartyIds("CN"), new PartyIds("US"))) {
            assertThat(numbers.received(e164).exact()).isEqualTo(e164);
            assertThat(numbers.received(e164.substring(1)).exact()).isEqualTo(e164);
            assertThat(numbers.received("00" + e164.substring(1)).exact()).isEqualTo(e164);
            assertThat(numbers.received(UTIL.format(number, PhoneNumberFormat.INTERNATIONAL))
                            .exact())
                    .isEqualTo(e164);
        }
    }

    @Property(tries = 300)
    void aNationalNotationEqualsTheInternationalOneOfItsRegion(@ForAll("numbers") PhoneNumber number) {
        PartyIds numbers = new PartyIds(UTIL.getRegionCodeForNumber(number));
        assertThat(numbers.written(UTIL.format(number, PhoneNumberFormat.NATIONAL))
                        .exact())
                .isEqualTo(UTIL.format(number, PhoneNumberFormat.E164));
    }

    @Property(tries = 500)
    void twoNumbersAreOnePersonOnlyWithinOneOfTheThreeCountries(
            @ForAll("digits") String one, @ForAll("digits") String other) {
        PartyId first = anywhere.received("+" + one);
        PartyId second = anywhere.received("+" + other);
        if (!first.exact().equals(second.exact()) && first.key().equals(second.key())) {
            assertThat(List.of("52", "54", "55")).contains(one.substring(0, 2));
            assertThat(one.substring(0, 2)).isEqualTo(other.substring(0, 2));
        }
    }

    @Property(tries = 500)
    void aNumberAndItsOtherWritingShareAKeyWithNoThird(@ForAll("twoWays") List<String> ways, @ForAll int sign) {
        PartyId one = anywhere.received(ways.get(0));
        PartyId other = anywhere.received(ways.get(1));
        assertThat(one.key()).isEqualTo(other.key());
        assertThat(anywhere.received(one.key())).isEqualTo(new PartyId(one.key(), one.key()));
        assertThat(List.of(one.exact(), other.exact())).contains(one.key()).doesNotHaveDuplicates();
        String changed = ways.get(0).substring(0, ways.get(0).length() - 1) + Math.floorMod(sign, 10);
        assertThat(anywhere.received(changed).key().equals(one.key())).isEqualTo(changed.equals(ways.get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"510009992443", "+510009992443", "310000000", "0051 0 0 0999 2443"})
    void aSecondTrunkPrefixBehindTheCountryCodeIsNoNumber(String id) {
        assertThat(anywhere.received(id)).isEqualTo(PartyId.text(id));
        assertThat(anywhere.received("+49 (0) 30 1234567").key()).isEqualTo("+49301234567");
    }

    @Property(tries = 1000)
    void theKeyOfAKeyIsItself(@ForAll("anything") String id) {
        String key = anywhere.received(id).key();
        assertThat(anywhere.received(key).key()).isEqualTo(key);
        String exact = anywhere.received(id).exact();
        assertThat(anywhere.received(exact)).isEqualTo(anywhere.received(id));
    }

    @Property(tries = 1000)
    void aTextEqualsItselfAlone(@ForAll("anything") String one, @ForAll("anything") String other) {
        PartyId first = anywhere.received(one);
        if (!anywhere.isNumber(one)) {
            assertThat(first.exact()).isEqualTo(first.key()).isEqualTo(Blanks.cutOff(one));
            assertThat(first.key().equals(anywhere.received(other).key()))
                    .isEqualTo(Blanks.cutOff(one).equals(Blanks.cutOff(other)));
        }
    }

    @Provide
    Arbitrary<String> digits() {
        Arbitrary<String> any = Arbitraries.strings().numeric().ofMinLength(8).ofMaxLength(15);
        Arbitrary<String> near = Arbitraries.of("52155", "5255", "54911", "5411", "55118", "551198", "55113", "551193")
                .flatMap(start ->
                        Arbitraries.of("12345678", "8880001", "88880001").map(end -> start + end));
        return Arbitraries.oneOf(any, near);
    }

    @Provide
    Arbitrary<List<String>> twoWays() {
        Arbitrary<String> seven = Arbitraries.strings().numeric().ofLength(7);
        Arbitrary<String> eight = Arbitraries.strings().numeric().ofLength(8);
        return Arbitraries.oneOf(
                Arbitraries.of("11", "21", "31", "71", "85", "99").flatMap(area -> Arbitraries.of("6", "7", "8", "9")
                        .flatMap(first ->
                                seven.map(end -> List.of("55" + area + first + end, "55" + area + "9" + first + end)))),
                Arbitraries.of("55", "33", "81", "22")
                        .flatMap(area -> eight.map(end -> List.of("521" + area + end, "52" + area + end))),
                Arbitraries.of("11", "22", "34", "38")
                        .flatMap(area -> eight.map(end -> List.of("549" + area + end, "54" + area + end))));
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("0123456789+ .-()/")
                        .ofMinLength(1)
                        .ofMaxLength(18),
                Arbitraries.strings().withChars("01abX@:_\u00a0\u200b").ofMaxLength(6),
                Arbitraries.strings().ofMaxLength(8),
                digits(),
                digits().map(digits -> digits + "@s.whatsapp.net"));
    }

    @Provide
    Arbitrary<PhoneNumber> numbers() {
        List<PhoneNumber> examples = new ArrayList<>();
        for (String region : UTIL.getSupportedRegions()) {
            for (PhoneNumberUtil.PhoneNumberType type :
                    List.of(PhoneNumberUtil.PhoneNumberType.MOBILE, PhoneNumberUtil.PhoneNumberType.FIXED_LINE)) {
                PhoneNumber example = UTIL.getExampleNumberForType(region, type);
                if (example != null && UTIL.isValidNumber(example)) {
                    examples.add(example);
                }
            }
        }
        return Arbitraries.of(examples);
    }
}
