package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ShortWaitsTest {
    private static final String ANN = "ann@example.com";
    private static final TransportError SOON = TransportError.asked(Fault.THROTTLED, Duration.ofMillis(20), "slower");
    private static final TransportError LOST = TransportError.soon(Fault.UNAVAILABLE, "cut");

    private final ShortWaits waits = new ShortWaits();

    @Test
    void aShortWaitIsSatOutInFullAndTheCallGoesOn() {
        long start = System.nanoTime();

        assertThat(waits.call(ANN).goesOn(SOON, 0)).isTrue();

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(SOON.delay().toNanos());
    }

    @Test
    void aLongWaitAndOneThatNobodyAskedForEndTheCallAtOnce() {
        ShortWaits.Call call = waits.call(ANN);

        assertThat(call.goesOn(TransportError.asked(Fault.THROTTLED, Duration.ofSeconds(6), "slower"), 0))
                .isFalse();
        assertThat(call.goesOn(TransportError.passing(Fault.THROTTLED, "slower"), 0))
                .isFalse();
        assertThat(call.goesOn(TransportError.lasting(Fault.REFUSED, "no"), 0)).isFalse();
    }

    @Test
    void allWaitsOfACallTogetherAreBounded() {
        ShortWaits.Call call = new ShortWaits(Duration.ofMillis(50)).call(ANN);

        assertThat(call.goesOn(SOON, 1)).isTrue();
        assertThat(call.goesOn(SOON, 2)).isTrue();
        assertThat(call.goesOn(SOON, 3)).isFalse();
    }

    @Test
    void aMailboxThatHasFiledNothingSinceIsNotWaitedForAgainByAnyCall() {
        assertThat(waits.call(ANN).goesOn(SOON, 0)).isTrue();

        assertThat(waits.call("ANN@example.com").goesOn(SOON, 0)).isFalse();
        assertThat(waits.call("ben@example.com").goesOn(SOON, 0)).isTrue();
        assertThat(waits.call(ANN).goesOn(SOON, 1)).as("it has filed one").isTrue();
    }

    @Test
    void aLostConnectionIsMadeAnewOnceAndAgainAfterEachProgress() {
        ShortWaits.Call call = waits.call(ANN);

        assertThat(call.goesOn(LOST, 0)).isTrue();
        assertThat(call.goesOn(LOST, 0)).isFalse();
        assertThat(call.goesOn(LOST, 1)).isTrue();
        assertThat(call.goesOn(LOST, 1)).isFalse();
    }

    @Test
    void whoeverWaitsWhenItIsClosedGivesUpAtOnce() throws Exception {
        TransportError long4 = TransportError.asked(Fault.THROTTLED, Duration.ofSeconds(4), "slower");
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> waits.call(ANN).goesOn(long4, 0));
        long start = System.nanoTime();

        waits.close();

        assertThat(waiting.get(2, TimeUnit.SECONDS)).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(2).toNanos());
        assertThat(waits.call(ANN).goesOn(LOST, 0)).isFalse();
    }

    @Test
    void whoeverIsInterruptedGivesUpAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(waits.call(ANN).goesOn(SOON, 0)).isFalse();

        assertThat(Thread.interrupted()).isTrue();
    }
}
