package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowQueueTest {
    private static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");
    private final List<PendingWindow> days = DueWindows.backfill(DAY, DAY.plus(Duration.ofDays(4)));
    private final WindowQueue windowQueue = new WindowQueue(days, Duration.ZERO, 0);

    @Test
    void aBackfillIsCutIntoDaysThatKnowTheEndOfTheWhole() {
        assertThat(days).hasSize(4).allMatch(wanted -> wanted.wishTo().equals(windowQueue.end()));
        assertThat(windowQueue.rest().windows()).isEqualTo(days.subList(1, 4));
        assertThat(windowQueue.without(days.get(2)).windows()).hasSize(3).doesNotContain(days.get(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "SOURCE_UNAUTHORIZED",
                "SOURCE_FORBIDDEN",
                "SOURCE_REDIRECT",
                "PASSWORD_MISSING",
                "LANDING_FAILED",
                "SOURCE_PAUSED",
                "RUN_INTERRUPTED"
            })
    void whatWouldFailAsSurelyIsNotAskedFor(Reason reason) {
        assertThat(windowQueue.failed(reason, Run.Cause.SCHEDULE).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "SOURCE_UNAVAILABLE",
                "SOURCE_STALLED",
                "SOURCE_REFUSED",
                "CURSOR_EXPIRED",
                "CURSOR_REPEATED",
                "PAGE_TRUNCATED",
                "PAGE_NOT_JSON",
                "PAGE_TOO_LARGE",
                "TOO_MANY_PAGES",
                "INTERNAL_ERROR"
            })
    void theOtherWindowsAreAskedForAllTheSame(Reason reason) {
        WindowQueue left = windowQueue;
        for (int failures = 0; failures < 5; failures++) {
            left = left.failed(reason, Run.Cause.SCHEDULE);
        }
        assertThat(left.windows()).isEqualTo(days);
    }

    @Test
    void aBackfillGivesAFeedOutOfReachThreeWindowsInARow() {
        WindowQueue twice = windowQueue
                .failed(Reason.SOURCE_UNAVAILABLE, Run.Cause.BACKFILL)
                .failed(Reason.SOURCE_STALLED, Run.Cause.BACKFILL);
        assertThat(twice.isEmpty()).isFalse();
        assertThat(twice.failed(Reason.SOURCE_STALLED, Run.Cause.BACKFILL).isEmpty())
                .isTrue();
        assertThat(twice.landed()
                        .failed(Reason.SOURCE_STALLED, Run.Cause.BACKFILL)
                        .isEmpty())
                .isFalse();
        assertThat(twice.failed(Reason.PAGE_NOT_JSON, Run.Cause.BACKFILL)
                        .failed(Reason.SOURCE_STALLED, Run.Cause.BACKFILL)
                        .isEmpty())
                .isFalse();
    }
}
