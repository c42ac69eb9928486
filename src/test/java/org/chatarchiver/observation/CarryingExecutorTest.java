package org.chatarchiver.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CarryingExecutorTest {
    /** One thread, and whoever gives it more helps out. */
    private final CarryingExecutor threads = new CarryingExecutor(new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy()));

    private final Callable<Map<String, String>> fields = MDC::getCopyOfContextMap;

    @AfterEach
    void end() {
        threads.shutdownNow();
        WorkFields.end();
    }

    @Test
    void anotherThreadLogsWithTheFieldsOfWhoeverGaveItTheWork() throws Exception {
        WorkFields.begin("wechat", "run-1", 7);

        assertThat(threads.submit(fields).get())
                .containsEntry("connector", "wechat")
                .containsEntry("run", "run-1")
                .containsEntry("page", "7")
                .containsEntry("traceId", TraceIds.trace("run-1/7"));
    }

    @Test
    void aThreadKeepsNothingOfItsLastWork() throws Exception {
        WorkFields.begin("wechat", "run-1", 7);
        threads.submit(fields).get();
        WorkFields.end();

        assertThat(threads.submit(fields).get()).isNullOrEmpty();
    }

    @Test
    void whoHelpsOutGoesOnWithItsOwnFields() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        WorkFields.begin("wechat", "run-1", 7);

        assertThat(threads.submit(() -> Thread.currentThread().getName()).get())
                .isEqualTo(Thread.currentThread().getName());

        assertThat(MDC.get("run")).isEqualTo("run-1");
        end.countDown();
    }

    @Test
    void aPageHasOneTraceInWhicheverArchiver() {
        assertThat(TraceIds.trace("run-1/7"))
                .isEqualTo(TraceIds.trace("run-1/7"))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(TraceIds.trace("run-1/8"))
                .isNotEqualTo(TraceIds.trace("run-2/7"));
        assertThat(TraceIds.root("run-1/7")).matches("[0-9a-f]{16}");
    }
}
