package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistinctCapturesTest {
    @Test
    void aMillionIdsGivenTwiceAreAMillion() {
        DistinctCaptures page = new DistinctCaptures();
        for (int i = 0; i < 1_000_000; i++) {
            page.add("message-" + i, "");
        }
        DistinctCaptures window = new DistinctCaptures();
        window.addAll(page);
        window.addAll(page);
        assertThat(window.distinct()).isEqualTo(1_000_000);
    }

    @Test
    void countingDoesNotEndTheCounting() {
        DistinctCaptures ids = new DistinctCaptures();
        assertThat(ids.distinct()).isZero();
        ids.add("b", "");
        ids.add("a", "");
        assertThat(ids.distinct()).isEqualTo(2);
        ids.add("b", "");
        ids.add(null, "");
        ids.addNameless();
        assertThat(ids.distinct()).isEqualTo(4);
    }
}
