package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private final Settlement settlement = new Settlement();

    @Test
    void halfAMinuteWhereNothingIsKnown() {
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void neverLessHoweverQuickTheServerWas() {
        for (int i = 0; i < 500; i++) {
            settlement.took(Duration.ofMillis(20).toNanos());
        }
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void threeTimesWhatTheSlowestBatchTookWithinBounds() {
        settlement.took(Duration.ofSeconds(20).toNanos());
        settlement.took(Duration.ofMillis(20).toNanos());
        assertThat(settlement.time()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        settlement.took(Duration.ofMinutes(20).toNanos());
        assertThat(settlement.time()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aSlowBatchIsForgottenAfterMany() {
        settlement.took(Duration.ofSeconds(60).toNanos());
        for (int i = 0; i < 500; i++) {
            settlement.took(Duration.ofMillis(20).toNanos());
        }
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(30));
    }
}
