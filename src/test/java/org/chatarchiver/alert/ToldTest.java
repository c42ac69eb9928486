package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToldTest {
    private final Told<String> told = new Told<>();

    @Test
    void thousandsOfTheSameAreToldOnceByHoweverManyThreads() {
        long first = IntStream.range(0, 10_000)
                .parallel()
                .filter(i -> told.first("the scanner is away"))
                .count();

        assertThat(first).isOne();
    }

    @Test
    void eachThingIsToldAlsoBesideThousandsOfOthers() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(told.first("run " + i)).isTrue();
            assertThat(told.first("run " + i)).isFalse();
        }
    }
}
