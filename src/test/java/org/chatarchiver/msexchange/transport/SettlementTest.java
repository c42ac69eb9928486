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
    void threeTimesWhatTheSlowestBatchTookWithinBounds() {
        settlement.took(Duration.ofMillis(20).toNanos());
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(5));
        settlement.took(Duration.ofSeconds(3).toNanos());
        settlement.took(Duration.ofMillis(20).toNanos());
        assertThat(settlement.time()).isBetween(Duration.ofMillis(8_500), Duration.ofSeconds(9));
        settlement.took(Duration.ofSeconds(20).toNanos());
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSlowBatchIsForgottenAfterMany() {
        settlement.took(Duration.ofSeconds(2).toNanos());
        for (int i = 0; i < 500; i++) {
            settlement.took(Duration.ofMillis(20).toNanos());
        }
        assertThat(settlement.time()).isEqualTo(Duration.ofSeconds(5));
    }
}
