package org.chatarchiver.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reports of runs that go on, as they were a moment ago, where counting takes long: whoever looks on, however often, costs a twentieth of
 * the time at most. A run that has ended, or is counted quickly, is counted anew each time. Safe for many threads.
 */
final class RecentReports {
    private static final long QUICK = 50_000_000;
    private static final int TIMES = 20;
    private static final int MANY = 100;

    private final LongSupplier nanoTime;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    private record Counted(RunReport report, long until) {}

    RecentReports(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param count gives one report for each run, in their order */
    List<RunReport> of(List<Run> runs, Function<List<Run>, List<RunReport>> count) {
        long start = nanoTime.getAsLong();
        Map<String, RunReport> known = new HashMap<>();
        runs.forEach(run -> {
            Counted before = counted.get(run.id());
            if (before != null && run.state() == Run.State.RUNNING && start - before.until() < 0) {
                known.put(run.id(), before.report());
            }
        });
        List<Run> unknown =
                runs.stream().filter(run -> !known.containsKey(run.id())).toList();
        if (!unknown.isEmpty()) {
            List<RunReport> fresh = count.apply(unknown);
            keep(fresh, nanoTime.getAsLong() - start);
            fresh.forEach(report -> known.put(report.run().id(), report));
        }
        return runs.stream().map(run -> known.get(run.id())).toList();
    }

    private void keep(List<RunReport> fresh, long took) {
        long now = nanoTime.getAsLong();
        counted.values().removeIf(old -> old.until() - now <= 0 || counted.size() > MANY);
        if (took >= QUICK) {
            fresh.stream()
                    .filter(report -> report.run().state() == Run.State.RUNNING)
                    .forEach(report -> counted.put(report.run().id(), new Counted(report, now + TIMES * took)));
        }
    }
}
