package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run that is under way for as long as a test wants: the feed does not end its second page before that is released. */
final class HeldPage {
    static final int MESSAGES = 6;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** @return the run, whose second page is on its way */
    String begin(CollectionBed bed) throws InterruptedException {
        for (int i = 0; i < MESSAGES; i++) {
            Instant time = bed.start.minus(CollectionBed.HOUR).plusSeconds(i);
            byte[] message = TestBed.text("held-" + i, "Text")
                    .put("msisdn", "+447700900101")
                    .put("from", "+447700900101")
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            boolean onTheSecondPage = i == 2;
            bed.day.feed.add("WECHAT", time, out -> {
                if (onTheSecondPage) {
                    held.countDown();
                    await(released);
                }
                out.write(message);
            });
        }
        String run =
                bed.archiver.start("wechat", false, bed.start.minus(CollectionBed.HOUR.multipliedBy(3)), bed.start);
        assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
        return run;
    }

    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Nobody released the feed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
