package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideTest {
    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\u0085", "\u2028", "\u2029", "\u001b", "\u202e", "\u0000"})
    void nothingBreaksOrTurnsTheLineItStandsIn(String odd) {
        assertThat(Outside.quote("a" + odd + "b"))
                .startsWith("'a\\")
                .endsWith("b'")
                .doesNotContain(odd);
    }

    @Test
    void aLongValueIsCut() {
        assertThat(Outside.quote("y".repeat(250))).hasSizeLessThanOrEqualTo(202).endsWith("…'");
    }
}
