package org.chatarchiver.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void textOfAnyLanguageStaysAsItIs() {
        assertThat(Printable.of("Müller 王小明 😀 a\\b")).isEqualTo("Müller 王小明 😀 a\\b");
    }

    @Test
    void nothingIsEmpty() {
        assertThat(Printable.of(null)).isEmpty();
    }

    @Test
    void lineEndsCannotStartANewLine() {
        assertThat(Printable.of("a\r\nb\tc\u2028d\u2029e\u0085f")).isEqualTo("a\\r\\nb\\tc\\u2028d\\u2029e\\u0085f");
    }

    @Test
    void textCannotBeReorderedHiddenOrColoured() {
        assertThat(Printable.of("a\u202Eb\u2066c\u200Bd\u001B[31me\u0000"))
                .isEqualTo("a\\u202Eb\\u2066c\\u200Bd\\u001B[31me\\u0000");
    }

    @Test
    void whiteSpaceThatLooksLikeAnotherAndSignsThatShowNothingAreEscaped() {
        assertThat(Printable.of("a b\u00A0c\u2007d\u202Fe\u3000f\u2800g\u3164h\u034Fi"))
                .isEqualTo("a b\\u00A0c\\u2007d\\u202Fe\\u3000f\\u2800g\\u3164h\\u034Fi");
    }

    @Test
    void loneSurrogatesAreEscaped() {
        assertThat(Printable.of("\uD83Dx\uDE00")).isEqualTo("\\uD83Dx\\uDE00");
    }

    @Test
    void longTextIsCutWithAnEllipsis() {
        assertThat(Printable.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Printable.of("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
    }

    @Test
    void cutNeverHalvesACharacterOrAnEscape() {
        assertThat(Printable.of("x".repeat(198) + "😀😀")).isEqualTo("x".repeat(198) + "…");
        assertThat(Printable.of("x".repeat(198) + "\n\n")).isEqualTo("x".repeat(198) + "…");
    }

    @Property
    void resultIsShortAndPrintableWhateverComesIn(@ForAll String outside) {
        String safe = Printable.of(outside);
        assertThat(safe.length()).isLessThanOrEqualTo(Printable.MAX_LENGTH);
        assertThat(Printable.of(safe)).isEqualTo(safe);
    }
}
