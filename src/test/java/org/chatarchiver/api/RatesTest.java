package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final Rates rates = new Rates(nanoTime::get);

    @Test
    void nothingIsKnownAtFirstSightNorWithinASecond() {
        assertThat(rates.of("run", 100)).isNull();
        pass(500);
        assertThat(rates.of("run", 200)).isNull();
    }

    @Test
    void itIsWhatWasAddedByTheSecond() {
        rates.of("run", 100);
        pass(2_000);
        assertThat(rates.of("run", 300)).isEqualTo(100.0);
        assertThat(rates.of("other", 5)).isNull();
    }

    @Test
    void whatWasLongAgoCountsNoMore() {
        rates.of("run", 0);
        for (int i = 1; i <= 60; i++) {
            pass(2_000);
            rates.of("run", 1_000);
        }
        assertThat(rates.of("run", 1_000)).isEqualTo(0.0);
    }

    @Test
    void aCountThatWasTakenBackIsNoSpeed() {
        rates.of("run", 100);
        pass(2_000);
        assertThat(rates.of("run", 50)).isEqualTo(0.0);
    }

    private void pass(long millis) {
        nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
