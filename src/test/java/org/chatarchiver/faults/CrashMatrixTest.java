package org.chatarchiver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real process, killed by SIGKILL. {@link CrashMatrix} is the long version. */
@RequiresProgram({"dovecot", "python3"})
class CrashMatrixTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyPointIsInTheArchiver(CrashPoint point) throws ClassNotFoundException {
        assertThat(point.exists()).isTrue();
    }

    @Test
    void nothingIsLostOrDoubledByKillsAtNamedPointsWithMultiAppend() throws Exception {
        Set<CrashPoint> points = EnumSet.of(
                CrashPoint.MAPPING_NOT_TAKEN_IN,
                CrashPoint.PAGE_NAMED_AND_NOBODY_TOLD,
                CrashPoint.PAGE_RECORDED_NOT_QUEUED,
                CrashPoint.ATTACHMENT_LANDED_WITHOUT_POINTER,
                CrashPoint.MANIFEST_LANDED_RUN_NOT,
                CrashPoint.SENDING_RECORDED_NOTHING_SENT,
                CrashPoint.MULTIAPPEND_CUT_IN_A_LITERAL,
                CrashPoint.MULTIAPPEND_SENT_NOT_ANSWERED,
                CrashPoint.APPENDED_NOT_RECORDED,
                CrashPoint.OUTCOMES_RECORDED_PAGE_NOT_DONE,
                CrashPoint.FAILURE_IN_ITS_CHANNEL,
                CrashPoint.SWEPT_NOT_QUEUED,
                CrashPoint.RUN_END_NOT_COMMITTED,
                CrashPoint.REQUEUED_NOT_ANSWERED);
        CrashDay day = new CrashDay(folder, true, 600, points, 0, new Random(0));

        Verdict verdict = day.run();

        assertThat(verdict.problems()).isEmpty();
        assertThat(day.met()).isEqualTo(points);
    }

    @Test
    void nothingIsLostOrDoubledByKillsBetweenPipelinedAppends() throws Exception {
        Set<CrashPoint> points = EnumSet.of(
                CrashPoint.SOME_PIPELINED_APPENDS_ANSWERED,
                CrashPoint.PIPELINED_APPENDS_SENT_NOT_ANSWERED,
                CrashPoint.OUTCOME_NOT_COMMITTED);
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
