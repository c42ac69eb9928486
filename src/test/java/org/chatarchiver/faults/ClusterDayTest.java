package org.chatarchiver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link ClusterProof}. */
@RequiresProgram({"dovecot", "python3", "azurite-blob"})
class ClusterDayTest {
    @TempDir
    Path folder;

    @Test
    void threeArchiversDeliverEveryMessageOnceWithinTheLimitsOfMailboxesThroughKillsAStopAndARestartOfTheDatabase()
            throws Exception {
        ClusterDay day = new ClusterDay(folder, 1_500, Duration.ofMinutes(6));

        assertThat(day.run()).isEmpty();
        assertThat(day.mostSessions()).as("the limit was reached").isEqualTo(2);
    }
}
