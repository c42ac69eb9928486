package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A mail server that refuses an append, and an account that may open every mailbox: what was refused and the password stay unprinted. */
@RequiresProgram("dovecot")
@ExtendWith(OutputCaptureExtension.class)
class RefusedAppendLogsTest {
    @TempDir
    Path folder;

    @Test
    void neitherTheRefusedMessageNorThePasswordIsPrintedOrTold(CapturedOutput output) throws Exception {
        try (Dovecot mail = Dovecot.with(List.of(TestBed.ANN, TestBed.BEN))
                        .withQuota("60k")
                        .start();
                TestBed bed = TestBed.start(folder, TestBed.byMaster(mail))) {
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("large", Untold.TEXT + "x".repeat(100_000)));

            bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

            await().atMost(Duration.ofSeconds(60)).until(() -> bed.items("large").values().stream()
                    .anyMatch(item -> item.reason() == Reason.QUOTA_EXCEEDED));
            Untold untold = new Untold(
                    Dovecot.MASTER_PASSWORD,
                    bed.archiver().admin().read().value().orElseThrow());
            untold.in("the log", output.getAll());
            untold.in("the item", bed.items("large").get(TestBed.ANN).detail());
            untold.secretIn("JMX", Untold.managementBeans());
            untold.secretIn("the routes", Untold.routes(bed.archiver()));
            assertThat(output).contains("chat-archiver");
        }
    }
}
