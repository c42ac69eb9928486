package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LongWorkTest {
    @Test
    void whatIsOverInTimeGivesItsValue() throws IOException {
        assertThat(LongWork.begin("test", () -> "found").await()).isEqualTo("found");
    }

    @Test
    void aFailureIsThatOfTheWork() {
        OtherZoneException foreign = new OtherZoneException("another zone", "Use the own one.");

        assertThatExceptionOfType(OtherZoneException.class).isThrownBy(() -> LongWork.begin("test", () -> {
                    throw foreign;
                })
                .await());
        assertThatIllegalStateException().isThrownBy(() -> LongWork.begin("test", () -> {
                    throw new IllegalStateException("unforeseen");
                })
                .await());
    }

    @Test
    void whatIsNotOverInTimeIsAFailureAndGoesOn() throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        LongWork<String> slow = LongWork.begin("test", () -> {
            answer.await();
            return "late";
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(slow::await)
                .withMessageContaining("no answer within 10 s");
        assertThat(slow.isOver()).isFalse();
        answer.countDown();

        assertThat(slow.await()).isEqualTo("late");
    }
}
