package org.chatarchiver.landing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Work on the landing zone that is over at once, or not for minutes, where an outage has it tried again and again. It goes on in a thread
 * of its own, and whoever needs it waits for {@link #PATIENCE} at most: during a start no probe is answered.
 */
public final class LongWork<T> {
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FutureTask<T> task;

    private LongWork(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    /** @param thread begins the name of its thread */
    public static <T> LongWork<T> begin(String thread, Callable<T> work) {
        LongWork<T> begun = new LongWork<>(work);
        CustomizableThreadFactory threads = new CustomizableThreadFactory(thread + "-");
        threads.setDaemon(true);
        threads.newThread(begun.task).start();
        return begun;
    }

    public boolean isOver() {
        return task.isDone();
    }

    /**
     * @throws IOException where it has failed, or is not over by then
     * @throws RuntimeException where that was not foreseen
     */
    public T await() throws IOException {
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("broken off", e);
        }
    }
}
