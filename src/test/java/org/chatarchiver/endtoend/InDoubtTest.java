package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.ledger.Recount;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.MovingClock;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a process was sending when it ended, as the next one finds it in the ledger. */
class InDoubtTest {
    private static final String FOLDER = "WeChat Archiver";
    private static final Duration WAIT = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();

    @Test
    void whatIsFoundAtTheDestinationCountsAsImportedAndIsNotLookedForAtOnce() throws Exception {
        try (SmallDay day = new SmallDay(folder)) {
            String run = interrupted(day);
            try (RunningArchiver next = next(day)) {
                waits(next, run);
                clock.advance(WAIT);
                assertThat(ended(next, run).imported()).isEqualTo(2);
                assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
            }
        }
    }

    @Test
    void whatIsNotFoundIsSent() throws Exception {
        try (SmallDay day = new SmallDay(folder)) {
            String run = interrupted(day);
            day.mail.remove(SmallDay.MAILBOX);
            day.mail.create(List.of(SmallDay.MAILBOX));
            try (RunningArchiver next = next(day)) {
                clock.advance(WAIT);
                assertThat(ended(next, run).imported()).isEqualTo(2);
                assertThat(day.mail.count(SmallDay.MAILBOX, FOLDER)).isEqualTo(2);
            }
        }
    }

    /** A run whose e-mails have arrived, and a ledger that was cut off before it knew. */
    private String interrupted(SmallDay day) {
        day.message("WECHAT", "one", "First");
        day.message("WECHAT", "two", "Second");
        try (RunningArchiver archiver = day.settings().start()) {
            RunReport report = day.run(archiver, "wechat");
            assertThat(report.imported()).isEqualTo(2);
            JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
            ledger.update("update item set state = 'SENDING', uid = null, attempts = 0, first_try = null");
            ledger.update("update page set state = 'LANDED'");
            ledger.update("update run set state = 'RUNNING', finished = null");
            Recount.of(ledger);
            return report.run().id();
        }
    }

    private RunningArchiver next(SmallDay day) {
        return day.settings()
                .clock(clock)
                .set("archiver.sweep", 300)
                .set("archiver.delivery.in-doubt-wait", WAIT.toSeconds() + "s")
                .start();
    }

    /** The sweep begins 5 seconds after the start. */
    private static void waits(RunningArchiver archiver, String run) {
        SmallDay.await()
                .atMost(Duration.ofSeconds(30))
                .during(Duration.ofSeconds(8))
                .until(() -> archiver.report(run).pending() == 2);
    }

    private static RunReport ended(RunningArchiver archiver, String run) {
        SmallDay.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> archiver.report(run).run().state() == Run.State.COMPLETE);
        return archiver.report(run);
    }
}
