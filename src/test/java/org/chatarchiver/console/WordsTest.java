package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import org.chatarchiver.console.Words.Piece;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final Words words = new Words();

    @Test
    void timesInASentenceCanBeShownAsTheReadersOwn() {
        assertThat(words.pieces("Since 2026-11-29T20:03:28Z, or 2026-11-29T21:00:00.5Z."))
                .containsExactly(
                        new Piece("Since ", null),
                        new Piece("2026-11-29 20:03 UTC", Instant.parse("2026-11-29T20:03:28Z")),
                        new Piece(", or ", null),
                        new Piece("2026-11-29 21:00 UTC", Instant.parse("2026-11-29T21:00:00.500Z")),
                        new Piece(".", null));
    }

    @Test
    void onlyANumberIsKeptInOneLine() {
        assertThat(words.isNumber("+8613800138007")).isTrue();
        assertThat(words.isNumber("447700900108@s.whatsapp.net")).isFalse();
        assertThat(words.isNumber("1".repeat(80))).isFalse();
    }

    @Test
    void whatOnlyLooksLikeATimeStaysText() {
        for (String text : new String[] {"", "No time.", "At 2026-13-29T20:03:28Z.", "<b>2026-11-29</b>"}) {
            assertThat(words.pieces(text).stream().map(Piece::text).collect(Collectors.joining()))
                    .isEqualTo(text);
            assertThat(words.pieces(text)).allMatch(piece -> piece.time() == null);
        }
    }
}
