package org.chatarchiver.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/** Threads that log what they are given to do with the {@link WorkFields} of whoever gave it to them. */
public final class CarryingExecutor extends AbstractExecutorService {
    private final ExecutorService threads;

    public CarryingExecutor(ExecutorService threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable work) {
        Map<String, String> fields = MDC.getCopyOfContextMap();
        threads.execute(() -> {
            // This may be the thread that has given it, helping out.
            Map<String, String> before = MDC.getCopyOfContextMap();
            WorkFields.put(fields);
            try {
                work.run();
            } finally {
                WorkFields.put(before);
            }
        });
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
