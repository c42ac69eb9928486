package org.chatarchiver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class ClosingTest {
    @Test
    void whoClosedHowMuchAndWhyIsOneLineOfTheLogThatNobodyCanBreak(CapturedOutput output) {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        try (AnnotationConfigApplicationContext ledger =
                LedgerBeans.on(database, new MovableClock("2026-11-20T10:00:00Z"))) {
            Channels channels = ledger.getBean(Channels.class);
            channels.record(List.of(
                    Failure.ofPoll("wechat", "r1", Reason.SOURCE_STALLED, "It stalled."),
                    Failure.ofPoll("wechat", "r2", Reason.SOURCE_STALLED, "It stalled.")));
            List<Long> ids = channels.list(Channel.SOURCE, 10, 0).stream()
                    .map(Channels.Entry::id)
                    .toList();
            Closing closing = new Closing(ledger.getBean(Decisions.class), new ChannelPace(Clock.systemUTC()));

            assertThat(closing.close(Channel.SOURCE, ids, "a\nda", "Agreed")).isEqualTo(2);
            assertThat(closing.close(Channel.SOURCE, ids, "bob", "Again")).isZero();
            assertThat(closing.reopen(Channel.SOURCE, ids, "e\nve", "A\tmistake"))
                    .isEqualTo(2);
            assertThat(closing.reopen(Channel.SOURCE, ids, "bob", "Again")).isZero();
        }
        assertThat(output)
                .contains("a\\nda has closed 2 entries of the channel source, so that no more is done for them: Agreed")
                .contains("e\\nve has opened 2 closed entries of the channel source again: A\\tmistake")
                .doesNotContain("bob has");
    }
}
