package org.chatarchiver.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills its own process by SIGKILL, or stops it by SIGSTOP, when an armed point is met; each point once, whatever number of processes meet it. */
public final class Crash {
    /** Names of the armed points, with commas between. */
    static final String POINTS = "crash.points";
    /** Directory of a file for each point that has killed. */
    static final String MARKS = "crash.marks";

    /** {@code KILL}, which counts where nothing is given, or {@code STOP}. */
    static final String SIGNAL = "crash.signal";

    private static final Map<CrashPoint, Calls> ARMED = new EnumMap<>(CrashPoint.class);

    private static final String KILL = "KILL";

    private Crash() {}

    /** Counts calls: those within another method in each thread for itself, so that the count is about one batch of several. */
    private static final class Calls {
        private final AtomicInteger all = new AtomicInteger();
        private final ThreadLocal<AtomicInteger> ofThread = ThreadLocal.withInitial(AtomicInteger::new);

        int next(CrashPoint point) {
            return (point.within().isEmpty() ? all : ofThread.get()).incrementAndGet();
        }
    }

    static void arm(CrashPoint point) {
        boolean ready = point.behind() == null || Files.exists(mark(point.behind()));
        if (ready && Files.notExists(mark(point))) {
            ARMED.put(point, new Calls());
        }
    }

    static Set<CrashPoint> armed() {
        return ARMED.keySet();
    }

    private static Path mark(CrashPoint point) {
        return Path.of(System.getProperty(MARKS), point.name());
    }

    /** Called by the code that {@link CrashAgent} puts into the archiver's methods. */
    public static void met(String name) {
        CrashPoint point = CrashPoint.valueOf(name);
        Calls calls = ARMED.get(point);
        if (calls != null && isWithin(point.within()) && calls.next(point) == point.call()) {
            kill(point);
        }
    }

    private static boolean isWithin(String method) {
        return method.isEmpty()
                || StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    private static void kill(CrashPoint point) {
        try {
            Files.createFile(mark(point));
            String signal = System.getProperty(SIGNAL, KILL);
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            String.valueOf(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            if (signal.equals(KILL)) {
                new CountDownLatch(1).await();
            }
        } catch (FileAlreadyExistsException met) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
