package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ledger is gone at the moment at which the work on a page ends. */
class PageReleaseTest {
    @TempDir
    Path folder;

    @Test
    void aPageWhoseReleaseFailedIsTakenUpAgain() throws Exception {
        try (SmallDay day = new SmallDay(folder)) {
            day.message("WECHAT", "w1", "one");
            try (RunningArchiver archiver = day.settings()
                    .set("archiver.sweep", "200ms")
                    .set("archiver.lease.duration", "6s")
                    .start()) {
                JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
                ledger.execute("alter table page add constraint kept check (state <> 'DONE' or worker is not null)");
                assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(ledger.queryForObject("select worker from page", String.class))
                        .as("kept, since the release has failed")
                        .isNotNull();

                ledger.execute("alter table page drop constraint kept");
                ledger.update("update page set state = 'LANDED'");

                SmallDay.await().atMost(Duration.ofSeconds(30)).until(() -> ledger.queryForObject(
                                "select state from page", String.class)
                        .equals("DONE"));
            }
        }
    }
}
