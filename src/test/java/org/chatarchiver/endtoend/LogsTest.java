package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class LogsTest {
    private static final String TEXT = "Zq-only-for-Ann-Zq";

    @TempDir
    private Path folder;

    @Test
    void noMessageTextAndNoPasswordIsLoggedWhateverFails(CapturedOutput output) throws Exception {
        try (SmallDay day = new SmallDay(folder)) {
            day.message("WECHAT", "m1", TEXT);
            try (RunningArchiver archiver = day.settings()
                    .set("logging.level.org.chatarchiver", "debug")
                    .set("archiver.telemessage.retry.retries", 1)
                    .start()) {
                assertThat(day.run(archiver, "wechat").imported()).isEqualTo(1);

                day.feed.fault(1, Fault.status(401, null));
                assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.FAILED);

                JdbcTemplate ledger = archiver.bean(JdbcTemplate.class);
                ledger.execute("alter table item rename to item_away");
                day.message("WHATSAPP", "m2", TEXT);
                day.start(archiver, "whatsapp");
                SmallDay.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> output.getAll().contains("item\" not found")
                                || output.getAll().contains("bad SQL grammar"));
                ledger.execute("alter table item_away rename to item");

                day.mail.close();
                day.message("WECHAT", "m3", TEXT);
                day.start(archiver, "wechat");
                SmallDay.await().atMost(Duration.ofSeconds(60)).until(() -> output.getAll()
                        .contains("OutageException"));
            }
            String basic =
                    Base64.getEncoder().encodeToString(("ops:" + SmallDay.PASSWORD).getBytes(StandardCharsets.UTF_8));
            assertThat(output.toString()).doesNotContain(TEXT, SmallDay.PASSWORD, basic, day.mail.token());
        }
    }
}
