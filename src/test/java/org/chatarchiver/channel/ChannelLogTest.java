package org.chatarchiver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ChannelLogTest {
    private final ChannelLog log = new ChannelLog();

    @Test
    void thousandsOfOneRunAndReasonAreOneLine(CapturedOutput output) {
        for (int i = 0; i < 3_000; i++) {
            log.tell(item("r1", i, Reason.MAILBOX_NOT_FOUND));
            log.tell(item("r1", i, Reason.NO_MAPPING));
            log.tell(item("r2", i, Reason.NO_MAPPING));
        }
        log.tell(poll("r1"));

        assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                .hasSize(4);
        assertThat(output)
                .contains("MAILBOX_NOT_FOUND in run r1, first on page 1, position 0: It failed.", "GET /api/channels/")
                .contains("SOURCE_STALLED in run r1: It stalled.")
                .doesNotContain("Entry[");
    }

    private static Channels.Entry poll(String run) {
        return entry(run, null, null, Reason.SOURCE_STALLED, "It stalled.");
    }

    private static Channels.Entry item(String run, long position, Reason reason) {
        return entry(run, 1, position, reason, "It failed.");
    }

    private static Channels.Entry entry(String run, Integer page, Long position, Reason reason, String detail) {
        return new Channels.Entry(
                1,
                reason.channel(),
                "wechat",
                run,
                page,
                position,
                "m" + position,
                "",
                "a@example.com",
                null,
                reason,
                detail,
                "path",
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
