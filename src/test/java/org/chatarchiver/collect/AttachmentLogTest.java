package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Declared;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AttachmentLogTest {
    private final AttachmentLog log = new AttachmentLog();

    @Test
    void thousandsOfOneRunAndReasonAreOneLine(CapturedOutput output) {
        for (int i = 0; i < 3_000; i++) {
            log.notLanded(ref("r1", i), new FeedRefusedException(Reason.SOURCE_REFUSED, "it is refused with 400"));
            log.notLanded(ref("r2", i), new FeedRefusedException(Reason.SOURCE_REFUSED, "it is refused with 400"));
            log.notLanded(ref("r1", i), new FeedPausedException("the feed is not asked for another PT" + i + "S"));
            log.notLanded(ref("r1", i), new IOException("reset after " + i));
        }

        assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                .hasSize(4);
        assertThat(output)
                .contains(
                        "SOURCE_REFUSED in run r1, first of the attachment /a/0, which has not landed: it is refused with 400.")
                .contains("SOURCE_REFUSED in run r2,", "SOURCE_PAUSED in run r1,", "SOURCE_UNAVAILABLE in run r1,")
                .doesNotContain("AttachmentRef[");
    }

    private static AttachmentRef ref(String run, int number) {
        return new AttachmentRef(
                LedgerOnH2.connector("wechat"),
                new LandingPath("wechat", LocalDate.of(2026, 11, 20), run),
                "/a/" + number,
                Declared.NOTHING);
    }
}
