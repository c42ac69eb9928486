package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.chatarchiver.api.ProgressView;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

class ConnectorCardTest {
    private static final Instant DAY = Instant.parse("2026-11-19T02:15:00Z");

    @Test
    void whileTheSourceIsAskedTheWholeIsRoughAndTheTimeIsForWhatHasLanded() {
        assertThat(counts(true, 1, 345, 1_345, 900L))
                .isEqualTo(
                        "345 of about 1,345 items done, 0 of 1 page so far; TeleMessage is still asked; 10 items a second, about 2 minutes for what has landed.");
        assertThat(counts(true, 1, 345, 1_345, null)).endsWith(" for what has landed.");
    }

    @Test
    void whenAllHasLandedTheWholeIsExact() {
        assertThat(counts(false, 1, 345, 1_345, null))
                .isEqualTo("345 of 1,345 items done, 0 of 1 page; 10 items a second, about 2 minutes left.");
    }

    @Test
    void beforeAnythingHasLandedTheSourceIsBeingAsked() {
        assertThat(counts(true, 0, 0, 0, null)).isEqualTo("TeleMessage is being asked.");
        assertThat(counts(false, 0, 0, 0, null)).startsWith("0 of 0 items done");
    }

    private static String counts(boolean polling, int pages, long done, long known, Long announced) {
        ProgressView progress = new ProgressView(
                "run-1",
                "wechat",
                Run.State.RUNNING,
                false,
                DAY,
                DAY,
                DAY,
                polling,
                pages,
                0,
                done,
                known,
                announced,
                10.0,
                100L,
                0,
                Map.of(),
                null,
                null);
        return Moving.of(progress).counts();
    }
}
