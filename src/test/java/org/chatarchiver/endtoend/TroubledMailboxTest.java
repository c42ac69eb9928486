package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mailbox about which the destination cannot tell now whether it exists. */
@RequiresProgram("dovecot")
class TroubledMailboxTest {
    private static final String MAPPING = """
            External User ID,Microsoft 365 User Mailbox
            +447700900100,gone@example.com
            +447700900123,ann@example.com
            """;

    @Test
    void withoutAProbeMailboxTheFirstMailboxThatIsMissingHoldsUpNobodyAndFailsOnceAnotherHasWorked(@TempDir Path folder)
            throws IOException {
        try (Dovecot mail = Dovecot.with(List.of(TestBed.ANN)).start();
                TestBed bed = TestBed.start(
                        folder,
                        settings -> TestBed.byMaster(mail).apply(settings).set("archiver.exchange.probe-mailbox", ""),
                        home -> Files.writeString(home.mapping(TestBed.WECHAT), MAPPING))) {
            TestBed.Window window = bed.window();
            ObjectNode first = TestBed.text("of-gone", "First in the page");
            bed.add(window, first.put("msisdn", "+447700900100").put("from", "+447700900100"));
            bed.add(window, TestBed.text("of-ann", "Second"));
            String run = bed.archiver().start(TestBed.WECHAT, false, window.from(), window.to());

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bed.archiver().report(run).imported() == 1);
            assertThat(bed.archiver().report(run).pending()).isEqualTo(1);

            RunReport report = bed.ended(run);
            assertThat(report.failedByReason()).containsExactly(Map.entry(Reason.MAILBOX_NOT_FOUND, 1L));
            assertThat(report.availableForImport()).isEqualTo(2);
            assertThat(report.imported()).isEqualTo(1);
        }
    }
}
