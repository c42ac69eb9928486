package org.chatarchiver.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.servers.Program;
import org.springframework.util.FileSystemUtils;

/**
 * The long crash matrix: every point on its own with MULTIAPPEND and without, then random moments of a large run in both modes. Prints a
 * line for each and ends with status 1 if anything was lost, doubled or told wrongly.
 */
public final class CrashMatrix {
    private static final String RANDOM = "RANDOM";
    private static final int MESSAGES = Integer.getInteger("crash.messages", 10_000);
    private static final int KILLS = Integer.getInteger("crash.kills", 50);
    private static final int MESSAGES_OF_A_POINT = 200;
    /** {@code true} or {@code false} for one mode only. */
    private static final String MODE = System.getProperty("crash.multiappend", "both");

    private static final List<Boolean> MODES =
            MODE.equals("both") ? List.of(true, false) : List.of(Boolean.valueOf(MODE));
    private static final String LINE = "%-42s %-11s %6s %7s %6s %8s %9s  %s%n";

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private int lost;
    private int doubled;
    private int bad;

    private CrashMatrix() {}

    public static void main(String[] args) throws Exception {
        for (String program : List.of("dovecot", "python3")) {
            if (Program.find(program).isEmpty()) {
                throw new IllegalStateException("The crash matrix needs " + program + ", see .ci/run");
            }
        }
        CrashMatrix matrix = new CrashMatrix();
        matrix.run(List.of(args));
        System.exit(matrix.bad == 0 ? 0 : 1);
    }

    /** @param wanted names of points, and {@link #RANDOM}; empty for everything */
    @SuppressForbidden("the table of results is what this program is for")
    private void run(List<String> wanted) throws Exception {
        System.out.printf(Locale.ROOT, "-Dcrash.seed=%d%n", seed);
        System.out.printf(
                Locale.ROOT,
                LINE,
                "killed",
                "MULTIAPPEND",
                "starts",
                "e-mails",
                "lost",
                "doubled",
                "problems",
                "verdict");
        for (boolean multiAppend : MODES) {
            for (CrashPoint point : CrashPoint.values()) {
                if (point.applies(multiAppend) && (wanted.isEmpty() || wanted.contains(point.name()))) {
                    at(point, multiAppend);
                }
            }
        }
        if (wanted.isEmpty() || wanted.contains(RANDOM)) {
            for (boolean multiAppend : MODES) {
                atRandom(multiAppend);
            }
        }
        System.out.printf(Locale.ROOT, "Lost: %d. Doubled: %d. Days with a problem: %d.%n", lost, doubled, bad);
    }

    private void at(CrashPoint point, boolean multiAppend) throws Exception {
        Set<CrashPoint> points = EnumSet.of(point);
        if (point.behind() != null) {
            points.add(point.behind());
        }
        Path folder = Files.createTempDirectory("crash");
        CrashDay day = new CrashDay(folder, multiAppend, MESSAGES_OF_A_POINT, points, 0, new Random(seed));
        Verdict verdict = day.run();
        if (!day.met().equals(points)) {
            verdict.problem("killed at " + day.met() + " only");
        }
        tell(point.name(), multiAppend, day, verdict, folder);
    }

    private void atRandom(boolean multiAppend) throws Exception {
        Path folder = Files.createTempDirectory("crash");
        CrashDay day = new CrashDay(folder, multiAppend, MESSAGES, Set.of(), KILLS, new Random(seed));
        Verdict verdict = day.run();
        tell(KILLS + " random moments, " + day.killsInWork() + " of them in work", multiAppend, day, verdict, folder);
    }

    @SuppressForbidden("the table of results is what this program is for")
    private void tell(String what, boolean multiAppend, CrashDay day, Verdict verdict, Path folder) throws Exception {
        boolean good = verdict.problems().isEmpty();
        System.out.printf(
                Locale.ROOT,
                LINE,
                what,
                multiAppend ? "yes" : "no",
                day.starts(),
                verdict.expected(),
                verdict.lost(),
                verdict.doubled(),
                verdict.problems().size(),
                good ? "good" : "BAD, see " + folder);
        verdict.problems().forEach(problem -> System.out.println("    " + problem));
        lost += verdict.lost();
        doubled += verdict.doubled();
        if (good) {
            FileSystemUtils.deleteRecursively(folder);
        } else {
            bad++;
        }
    }
}
