package org.chatarchiver.console;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.api.RunView;
import org.chatarchiver.ledger.Run;

/**
 * What the runs of some days brought, as a picture of bars that are drawn from attributes alone, and as the numbers behind it.
 *
 * @param days the oldest first, those without a run too
 * @param bars the pieces of the picture
 * @param most what the highest bar stands for, 0 where there is none
 */
record RunChart(List<Day> days, List<Bar> bars, long most) {
    static final int DAYS = 30;

    private static final int STEP = 20;
    private static final int WIDTH = 14;
    private static final int HEIGHT = 160;
    private static final int TOP = 10;
    /** So that a single failure among thousands is seen. */
    private static final int LEAST = 2;

    /**
     * The runs that started on a day, in UTC; dry ones are left out.
     *
     * @param bad whether one of them FAILED or is INCOMPLETE without having been accepted
     */
    record Day(LocalDate date, int runs, long imported, long partially, long skipped, long failed, boolean bad) {
        long all() {
            return imported + partially + skipped + failed;
        }

        private Day plus(RunView run) {
            boolean wrong =
                    run.state() == Run.State.FAILED || run.state() == Run.State.INCOMPLETE && run.accepted() == null;
            return new Day(
                    date,
                    runs + 1,
                    imported + run.imported(),
                    partially + run.partiallyImported(),
                    skipped + run.skipped(),
                    failed + run.failed(),
                    bad || wrong);
        }
    }

    /** A rectangle, and of what it is. */
    record Bar(int x, int y, int width, int height, String kind) {}

    /** @param runs in any order */
    static RunChart of(List<RunView> runs, LocalDate today) {
        Map<LocalDate, Day> days = new LinkedHashMap<>();
        for (int i = DAYS - 1; i >= 0; i--) {
            LocalDate date = today.minusDays(i);
            days.put(date, new Day(date, 0, 0, 0, 0, 0, false));
        }
        runs.stream()
                .filter(run -> !run.dryRun())
                .forEach(run -> days.computeIfPresent(
                        LocalDate.ofInstant(run.started(), ZoneOffset.UTC), (date, day) -> day.plus(run)));
        List<Day> all = List.copyOf(days.values());
        long most = all.stream().mapToLong(Day::all).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            bars.addAll(bars(all.get(i), i * STEP, most));
        }
        return new RunChart(all, bars, most);
    }

    private static List<Bar> bars(Day day, int x, long most) {
        List<Bar> bars = new ArrayList<>();
        int y = TOP + HEIGHT;
        Map<String, Long> kinds = new LinkedHashMap<>();
        kinds.put("imported", day.imported());
        kinds.put("partially", day.partially());
        kinds.put("skipped", day.skipped());
        kinds.put("failed", day.failed());
        for (Map.Entry<String, Long> kind : kinds.entrySet()) {
            if (kind.getValue() > 0) {
                int height = (int) Math.max(LEAST, Math.round((double) HEIGHT * kind.getValue() / most));
                y -= height;
                bars.add(new Bar(x, y, WIDTH, height, kind.getKey()));
            }
        }
        if (day.bad()) {
            bars.add(new Bar(x, TOP + HEIGHT + LEAST, WIDTH, 2 * LEAST, "bad"));
        }
        return bars;
    }

    public String viewBox() {
        return "0 0 " + DAYS * STEP + " " + (TOP + HEIGHT + 4 * LEAST);
    }
}
