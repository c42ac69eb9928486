package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
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
            log.entered(failure("r1", i, Reason.MAILBOX_NOT_FOUND));
            log.entered(failure("r1", i, Reason.NO_MAPPING));
            log.entered(failure("r2", i, Reason.NO_MAPPING));
        }
        log.entered(Failure.ofPoll("wechat", "r1", Reason.SOURCE_STALLED, "It stalled."));

        assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                .hasSize(4);
        assertThat(output)
                .contains("MAILBOX_NOT_FOUND in run r1, first on page 1, position 0: It failed.", "GET /api/channels/")
                .contains("SOURCE_STALLED in run r1: It stalled.")
                .doesNotContain("Failure[", "Item[");
    }

    private static Failure failure(String run, int position, Reason reason) {
        Page page = new Page(run, 1, "path", "a".repeat(64), 1, 1, Instant.EPOCH);
        Revision revision = Revision.of("wechat", "m" + position, "d".repeat(64), 0, page, position, "", "", "");
        Item item =
                new Item(revision.id(), "a@example.com", run, 1, ItemState.FAILING, null, reason, null, 0, null, null);
        return new Failure("wechat", run, revision, item, "", revision.position(), reason, "It failed.", "path");
    }
}
