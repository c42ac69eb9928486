package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:15:00.250Z");
    private static final Instant SETTLED = Instant.parse("2026-11-20T02:10:00Z");
    private final Windows windows = new Windows(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(7));

    @Test
    void aWindowIsNeverEmptyNorLongerThanADay() {
        assertThatThrownBy(() -> new Window(NOW, NOW)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new Window(NOW, NOW.plusSeconds(86_401))).hasMessageContaining("24 hours");
    }

    @Test
    void aLongRangeIsCutIntoDaysWithoutGaps() {
        List<Window> cut = Window.cut(SETTLED.minus(Duration.ofHours(50)), SETTLED);
        assertThat(cut).hasSize(3);
        assertThat(cut.get(0).to()).isEqualTo(cut.get(1).from());
        assertThat(cut.get(1).to()).isEqualTo(cut.get(2).from());
        assertThat(cut.get(2)).isEqualTo(new Window(SETTLED.minus(Duration.ofHours(2)), SETTLED));
        assertThat(Window.cut(SETTLED, SETTLED)).isEmpty();
    }

    @Test
    void theFirstRunTakesThePreviousDay() {
        assertThat(windows.next(null, List.of(), NOW))
                .containsExactly(new Window(SETTLED.minus(Duration.ofHours(24)), SETTLED));
    }

    @Test
    void aScheduledRunStartsAnOverlapBeforeTheWatermark() {
        Instant watermark = SETTLED.minus(Duration.ofHours(10));
        assertThat(windows.next(watermark, List.of(), NOW))
                .containsExactly(new Window(watermark.minus(Duration.ofHours(1)), SETTLED));
    }

    @Test
    void aMissedWeekIsCaughtUpFromTheWatermarkOn() {
        Instant watermark = NOW.minus(Duration.ofDays(9));
        List<Window> missed = windows.next(watermark, List.of(), NOW);
        assertThat(missed).hasSize(9);
        assertThat(missed.get(0).from()).isEqualTo(watermark);
        assertThat(missed.get(8).to()).isEqualTo(SETTLED);
    }

    @Test
    void theOverlapEndsAtTheRetention() {
        Windows longOverlap = new Windows(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofDays(7));
        assertThat(longOverlap
                        .next(SETTLED.minusSeconds(60), List.of(), NOW)
                        .get(0)
                        .from())
                .isEqualTo(Instant.parse("2026-11-13T02:15:00Z"));
    }

    @Test
    void nothingIsAskedForBeforeItHasSettled() {
        assertThat(windows.next(SETTLED, List.of(), NOW)).isEmpty();
        assertThat(windows.next(NOW.plusSeconds(3_600), List.of(), NOW)).isEmpty();
    }

    @Test
    void gapsAreAskedForExactlyAndWhatIsNewWithItsOverlap() {
        Instant watermark = SETTLED.minus(Duration.ofHours(60));
        Window second = new Window(SETTLED.minus(Duration.ofHours(36)), SETTLED.minus(Duration.ofHours(12)));
        assertThat(windows.next(watermark, List.of(second), NOW))
                .containsExactly(
                        new Window(watermark, second.from()), new Window(SETTLED.minus(Duration.ofHours(13)), SETTLED));
    }

    @Test
    void aGapOfDaysIsCutAndWindowsThatOverlapLeaveNone() {
        Instant watermark = SETTLED.minus(Duration.ofHours(72));
        Window last = new Window(SETTLED.minus(Duration.ofHours(24)), SETTLED.minus(Duration.ofHours(2)));
        Window over = new Window(SETTLED.minus(Duration.ofHours(3)), SETTLED);
        assertThat(windows.next(watermark, List.of(over, last), NOW))
                .containsExactly(
                        new Window(watermark, SETTLED.minus(Duration.ofHours(48))),
                        new Window(SETTLED.minus(Duration.ofHours(48)), SETTLED.minus(Duration.ofHours(24))));
    }

    @Test
    void aClockSetBackAsksForNothingBackwards() {
        Instant watermark = SETTLED;
        Instant hourBack = NOW.minus(Duration.ofHours(1));
        Window ahead = new Window(SETTLED.minus(Duration.ofMinutes(30)), SETTLED.plus(Duration.ofHours(2)));
        assertThat(windows.next(watermark, List.of(), hourBack)).isEmpty();
        assertThat(windows.next(watermark.minus(Duration.ofHours(2)), List.of(ahead), hourBack))
                .containsExactly(new Window(SETTLED.minus(Duration.ofHours(2)), SETTLED.minus(Duration.ofHours(1))));
        assertThat(windows.again(watermark, hourBack))
                .isEqualTo(new Window(SETTLED.minus(Duration.ofHours(2)), SETTLED.minus(Duration.ofHours(1))));
    }

    @Test
    void whenNothingIsNewTheLastOverlapIsReadAgain() {
        assertThat(windows.again(SETTLED, NOW)).isEqualTo(new Window(SETTLED.minus(Duration.ofHours(1)), SETTLED));
        Windows none = new Windows(Duration.ZERO, Duration.ZERO, Duration.ofDays(7));
        assertThat(none.again(SETTLED, NOW)).isEqualTo(new Window(SETTLED.minus(Duration.ofMinutes(1)), SETTLED));
        Windows days = new Windows(Duration.ZERO, Duration.ofDays(3), Duration.ofDays(7));
        assertThat(days.again(SETTLED, NOW)).isEqualTo(new Window(SETTLED.minus(Duration.ofHours(24)), SETTLED));
    }

    @Test
    void theFeedsClockCountsWhereOursIsOff() {
        Duration settle = Duration.ofMinutes(5);
        FeedClock off = FeedClock.choose(NOW, "Fri, 20 Nov 2026 01:15:00 GMT", settle);
        assertThat(off.deviates()).isTrue();
        assertThat(off.now()).isEqualTo(Instant.parse("2026-11-20T01:15:00Z"));
        FeedClock near = FeedClock.choose(NOW, "Fri, 20 Nov 2026 02:17:00 GMT", settle);
        assertThat(near.deviates()).isFalse();
        assertThat(near.now()).isEqualTo(NOW);
        assertThat(FeedClock.choose(NOW, "yesterday", settle).now()).isEqualTo(NOW);
        assertThat(FeedClock.choose(NOW, null, settle).deviates()).isFalse();
    }
}
