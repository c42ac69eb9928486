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

/** The real process, killed by SIGKILL at named points. {@link CrashMatrix} is the long version. */
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
                CrashPoint.PAGE_NAMED_AND_NOBODY_TOLD,
                CrashPoint.PAGE_RECORDED_NOT_QUEUED,
                CrashPoint.ATTACHMENT_LANDED_WITHOUT_POINTER,
                CrashPoint.FURTHER_CAPTURE_NOT_COMMITTED,
                CrashPoint.SENDING_RECORDED_NOTHING_SENT,
                CrashPoint.MULTIAPPEND_CUT_IN_A_LITERAL,
                CrashPoint.APPENDED_NOT_RECORDED,
                CrashPoint.OUTCOMES_RECORDED_PAGE_NOT_DONE,
                CrashPoint.OUTCOMES_RECORDED_INTENTS_NOT_ENDED,
                CrashPoint.ROWS_OF_INTENTS_NOT_COMMITTED,
                CrashPoint.FAILURE_IN_ITS_CHANNEL,
                CrashPoint.ENTRY_CLAIMED_NOT_TOLD,
                CrashPoint.ENTRY_TOLD_NOT_RECORDED,
                CrashPoint.SWEPT_NOT_QUEUED,
                CrashPoint.RUN_END_NOT_COMMITTED,
                CrashPoint.REQUEUED_NOT_ANSWERED,
                CrashPoint.AUDIT_APPENDED_HEAD_NOT_MOVED,
                CrashPoint.AUDIT_HEAD_READ_MANIFEST_NOT_LANDED,
                CrashPoint.VERIFICATION_BEGUN_NO_FOLDER_READ,
                CrashPoint.FOLDER_MARKED_NEXT_ONE_READ,
                CrashPoint.PAGES_VERIFIED_NOT_MARKED);
        CrashDay day = new CrashDay(folder, true, 600, points, 0, new Random(0));

        Verdict verdict = day.run();

        assertThat(verdict.problems()).isEmpty();
        assertThat(day.met()).isEqualTo(points);
    }
}
