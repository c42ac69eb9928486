package org.chatarchiver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, killed by SIGKILL among pipelined appends and at random moments. */
@RequiresProgram({"dovecot", "python3"})
class CrashMomentsTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrDoubledByKillsBetweenPipelinedAppends() throws Exception {
        Set<CrashPoint> points = EnumSet.of(
                CrashPoint.SOME_PIPELINED_APPENDS_ANSWERED,
                CrashPoint.PIPELINED_APPENDS_SENT_NOT_ANSWERED,
                CrashPoint.OUTCOME_NOT_COMMITTED,
                CrashPoint.AUDIT_APPENDED_NOT_COMMITTED,
                CrashPoint.FOLDERS_READ_NOT_MARKED);
        CrashDay day = new CrashDay(folder, false, 300, points, 0, new Random(0));

        Verdict verdict = day.run();

        assertThat(verdict.problems()).isEmpty();
        assertThat(day.met()).isEqualTo(points);
    }

    @Test
    void nothingIsLostOrDoubledByKillsAtRandomMoments() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        CrashDay day = new CrashDay(folder, true, 600, Set.of(), 5, new Random(seed));

        Verdict verdict = day.run();

        assertThat(verdict.problems()).as("-Dcrash.seed=%d", seed).isEmpty();
        assertThat(day.starts()).as("-Dcrash.seed=%d", seed).isEqualTo(6);
    }
}
