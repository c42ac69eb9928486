package org.chatarchiver.mapping;

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
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private final PhoneNumbers anywhere = new PhoneNumbers("");

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
        assertThat(anywhere.received(notation)).isEqualTo("+447911123456");
        assertThat(anywhere.written(notation)).isEqualTo("+447911123456");
        assertThat(new PhoneNumbers("US").received(notation)).isEqualTo("+447911123456");
    }

    @Test
    void nationalNumbersAreUnderstoodWithADefaultRegion() {
        assertThat(new PhoneNumbers("GB").written("07911 123456")).isEqualTo("+447911123456");
        assertThat(new PhoneNumbers("GB").received("07911123456")).isEqualTo("+447911123456");
        assertThat(anywhere.written("07911 123456")).isEqualTo("07911123456");
    }

    @Test
    void aNumberThatCanBeReadInTwoWaysIsInternationalInTheFeedAndNationalInAFile() {
        PhoneNumbers china = new PhoneNumbers("CN");
        assertThat(china.received("13012345678")).isEqualTo("+13012345678");
        assertThat(china.written("13012345678")).isEqualTo("+8613012345678");
        assertThat(china.received("8613012345678")).isEqualTo("+8613012345678");
        assertThat(china.written("+1 301 234 5678")).isEqualTo("+13012345678");
    }

    @Test
    void aNumberThatIsNotInUseStillEqualsItself() {
        assertThat(anywhere.received("999 12345678")).isEqualTo(anywhere.received("+99912345678"));
        assertThat(anywhere.received("+1 5")).isEqualTo(anywhere.received("+15"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wxid_abc", "WXID_ABC", "alice@contoso.example", "447911123456@c.us", "+44x", "用户", "12-ab", "+"
            })
    void otherIdsAreComparedAsText(String id) {
        assertThat(anywhere.received(id)).isEqualTo(id);
        assertThat(new PhoneNumbers("GB").written(id)).isEqualTo(id);
    }

    @Property(tries = 300)
    void digitsAloneEqualTheFormWithAPlus(@ForAll("numbers") PhoneNumber number) {
        String e164 = UTIL.format(number, PhoneNumberFormat.E164);
        for (PhoneNumbers numbers : List.of(anywhere, new PhoneNumbers("CN"), new PhoneNumbers("US"))) {
            assertThat(numbers.received(e164)).isEqualTo(e164);
            assertThat(numbers.received(e164.substring(1))).isEqualTo(e164);
            assertThat(numbers.received("00" + e164.substring(1))).isEqualTo(e164);
            assertThat(numbers.received(UTIL.format(number, PhoneNumberFormat.INTERNATIONAL)))
                    .isEqualTo(e164);
        }
    }

    @Property(tries = 300)
    void aNationalNotationEqualsTheInternationalOneOfItsRegion(@ForAll("numbers") PhoneNumber number) {
        PhoneNumbers numbers = new PhoneNumbers(UTIL.getRegionCodeForNumber(number));
        assertThat(numbers.written(UTIL.format(number, PhoneNumberFormat.NATIONAL)))
                .isEqualTo(UTIL.format(number, PhoneNumberFormat.E164));
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
