package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Opening;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pause is alerted on two days before the source, which keeps everything for seven, would drop what was not collected. */
class PauseWatchTest {
    /** Of the database, whose clock a pause has. */
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final MovableClock clock = new MovableClock(today.toString());
    private final LedgerOnH2 ledger = new LedgerOnH2(clock);
    private final Connectors connectors = ledger.connectors("wechat", "whatsapp");
    private final ConnectorPauses pauses = ledger.bean(ConnectorPauses.class);
    private final Watermarks watermarks = ledger.bean(Watermarks.class);
    private final Alarms alarms = new Alarms();
    private final PauseWatch watch = new PauseWatch(
            connectors,
            pauses,
            CollectingFixture.dueWindows(watermarks, ledger.bean(AskedWindows.class), clock),
            ledger.bean(FailedWindows.class),
            alarms,
            CollectingFixture.feed(),
            clock);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void itNamesTheConnectorUntilWhenAndTheCureAndEndsWithThePause() {
        reached("wechat", today);
        reached("whatsapp", today);
        pauses.pause("wechat", "ada", "The feed moves");
        clock.set(today.plus(Duration.ofDays(5)).minusSeconds(60));
        assertThat(sentences()).isEmpty();

        clock.set(today.plus(Duration.ofDays(5)));

        assertThat(sentences()).singleElement().satisfies(sentence -> assertThat(sentence)
                .startsWith("wechat is paused by 'ada' since ")
                .contains(
                        "('The feed moves')",
                        "keeps messages for 7 days",
                        "from " + today.plus(Duration.ofDays(7)) + " on it drops what it has received since " + today,
                        "POST /api/connectors/wechat/resume"));
        clock.set(today.plus(Duration.ofDays(8)));
        assertThat(sentences()).singleElement().satisfies(sentence -> assertThat(sentence)
                .contains("received from " + today + " to " + today.plus(Duration.ofDays(1)), "is lost"));
        pauses.resume("wechat", "ada");
        assertThat(sentences()).isEmpty();
    }

    @Test
    void whatLacksOtherwiseCountsToo() {
        reached("wechat", today);
        Instant from = today.minus(Duration.ofDays(4));
        ledger.bean(Runs.class)
                .open(new Opening(
                        "wechat", "WeChat Archiver", Run.Cause.BACKFILL, false, from, from.plusSeconds(60), today))
                .orElseThrow();
        pauses.pause("wechat", "ada", "Why not");
        clock.set(today.plus(Duration.ofDays(1)));
        assertThat(sentences()).singleElement().satisfies(sentence -> assertThat(sentence)
                .contains("since " + from));
    }

    @Test
    void aConnectorThatIsThereNoMoreIsForgotten() {
        reached("wechat", today.minus(Duration.ofDays(6)));
        pauses.pause("wechat", "ada", "Why not");
        assertThat(sentences()).hasSize(1);
        CollectingFixture.put(connectors, List.of());
        assertThat(sentences()).isEmpty();
    }

    private void reached(String connector, Instant watermark) {
        watermarks.scheduled(connector, today);
        watermarks.begin(connector, watermark);
    }

    private List<String> sentences() {
        watch.look();
        return alarms.of(AlertCause.PAUSE_TOO_LONG).stream()
                .map(Alarms.Finding::sentence)
                .toList();
    }
}
