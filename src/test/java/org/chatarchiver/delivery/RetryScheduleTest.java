package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;

/** The intervals of tries, as an operator has set them. */
class RetryScheduleTest {
    private final MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
    private final Instant start = clock.instant();

    private RetrySchedule retrySchedule(Map<String, String> settings) {
        return new RetrySchedule(DeliverySettings.with(settings), clock);
    }

    private Item item(int attempts) {
        return new Item(
                UUID.randomUUID(), "a@b.example", "r", 1, ItemState.RETRY, null, null, null, attempts, start, null);
    }

    private Duration pause(RetrySchedule retrySchedule, int attempts, Reason reason, Duration asked) {
        return Duration.between(
                clock.instant(),
                retrySchedule.later(item(attempts), reason, asked, "It failed.").retryAt());
    }

    @Test
    void thePauseDoublesFromTheFirstToTheLongest() {
        RetrySchedule retrySchedule = retrySchedule(
                Map.of("archiver.delivery.first-pause", "300ms", "archiver.delivery.longest-pause", "1s"));

        assertThat(IntStream.of(0, 1, 2, 3, 100).mapToObj(attempts -> pause(
                                retrySchedule, attempts, Reason.DESTINATION_UNAVAILABLE, Duration.ZERO)
                        .toMillis()))
                .containsExactly(300L, 600L, 1000L, 1000L, 1000L);
    }

    @Test
    void aFullMailboxHasItsOwnPauseUnlessTheServerAsksForALongerOne() {
        RetrySchedule retrySchedule = retrySchedule(Map.of("archiver.delivery.quota-pause", "20m"));

        assertThat(pause(retrySchedule, 1, Reason.QUOTA_EXCEEDED, Duration.ZERO))
                .isEqualTo(Duration.ofMinutes(20));
        assertThat(pause(retrySchedule, 1, Reason.QUOTA_EXCEEDED, Duration.ofMinutes(3)))
                .isEqualTo(Duration.ofMinutes(20));
        assertThat(pause(retrySchedule, 1, Reason.QUOTA_EXCEEDED, Duration.ofMinutes(30)))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(pause(retrySchedule, 1, Reason.THROTTLED, Duration.ofMinutes(3)))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void anItemIsGivenUpWhenTheOperatorSays() {
        RetrySchedule retrySchedule =
                retrySchedule(Map.of("archiver.delivery.give-up-after", "2m", "archiver.delivery.longest-wait", "5m"));

        clock.pass(Duration.ofMinutes(2));
        assertThat(retrySchedule.isOver(item(3))).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(retrySchedule.isOver(item(3))).isTrue();
        assertThat(retrySchedule.isTooLong(item(3))).isFalse();
        assertThat(retrySchedule.outlasts(item(3), Duration.ofMinutes(3))).isTrue();
        clock.pass(Duration.ofMinutes(3));
        assertThat(retrySchedule.isTooLong(item(3))).isTrue();
    }

    @Test
    void aLongestPauseBelowTheFirstIsRefusedByName() {
        assertThatThrownBy(() -> DeliverySettings.with(Map.of("archiver.delivery.longest-pause", "500ms")))
                .rootCause()
                .hasMessage("archiver.delivery.longest-pause is PT0.5S, less than archiver.delivery.first-pause, PT1S");
    }
}
