package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.ledger.AlertLog;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.msexchange.transport.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When which alert is due, on a real ledger and a clock to be moved. */
class AlertingTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final Connectors connectors = ledger.connectors("wechat", "whatsapp");
    private final MappingFiles files = new MappingFiles(ledger.clock());
    private final MappingSources mappings = files.sources();
    private final Alarms alarms = new Alarms();
    private Alerting alerting;
    private int sent;

    @BeforeEach
    void start() {
        alerting = alerting();
    }

    private Alerting alerting() {
        AlertProperties properties = new AlertProperties(
                List.of("operator@example.com"),
                "archiver@example.com",
                "127.0.0.1",
                25,
                Security.none,
                "",
                "",
                "",
                Duration.ZERO,
                Duration.ofMinutes(1),
                HOUR);
        AlertFindings findings = new AlertFindings(
                ledger.bean(Conditions.class),
                ledger.bean(Watermarks.class),
                ledger.bean(ConnectorPauses.class),
                connectors,
                mappings,
                new Stranded(ledger.bean(KnownConnectors.class), connectors, ledger.clock()),
                alarms,
                ledger.clock());
        return new Alerting(
                properties,
                findings,
                ledger.bean(AlertLog.class),
                ledger.bean(TaskLeases.class),
                ledger.bean(Archivers.class),
                ledger.clock());
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void aThousandEntriesAreOneMailWithTheirNumber() {
        IntStream.range(0, 1_000).forEach(i -> entry("wechat", Reason.SOURCE_UNAVAILABLE));

        assertThat(alerting.due()).singleElement().satisfies(alert -> {
            assertThat(alert.cause()).isEqualTo(AlertCause.CHANNEL_ENTRIES);
            assertThat(alert.text()).contains("1000 in channel source of wechat: SOURCE_UNAVAILABLE");
        });
    }

    @Test
    void whatIsNotSentIsDueAgainAndWhatIsSentIsNotRepeated() {
        entry("wechat", Reason.SOURCE_STALLED);
        assertThat(causes()).containsExactly(AlertCause.CHANNEL_ENTRIES);
        assertThat(causes()).containsExactly(AlertCause.CHANNEL_ENTRIES);

        send();

        assertThat(alerting.due()).isEmpty();
        ledger.clock().pass(HOUR.plusSeconds(1));
        assertThat(alerting.due()).as("nothing new in the hour").isEmpty();
    }

    @Test
    void whatHappensWithinTheHourWaitsForTheNextMailAndARestartForgetsNothing() {
        entry("wechat", Reason.SOURCE_STALLED);
        send();
        ledger.clock().pass(Duration.ofMinutes(10));
        entry("whatsapp", Reason.SOURCE_FORBIDDEN);
        alerting = alerting();
        assertThat(alerting.due()).isEmpty();

        ledger.clock().pass(Duration.ofMinutes(51));

        assertThat(alerting.due()).singleElement().satisfies(alert -> assertThat(alert.text())
                .contains("1 in channel source of whatsapp: SOURCE_FORBIDDEN")
                .doesNotContain("SOURCE_STALLED"));
    }

    @Test
    void causesDoNotWaitForEachOther() {
        entry("wechat", Reason.SOURCE_STALLED);
        send();
        Run run = run("wechat", ledger.clock().instant());
        ledger.clock().pass(Duration.ofSeconds(1));
        ledger.bean(Runs.class).failed(run.id(), Reason.SOURCE_STALLED, "The feed said nothing for 30 s");

        assertThat(alerting.due()).singleElement().satisfies(alert -> {
            assertThat(alert.cause()).isEqualTo(AlertCause.RUN_FAILED);
            assertThat(alert.text()).contains(run.id(), "SOURCE_STALLED", "The feed said nothing for 30 s");
        });
    }

    @Test
    void aRunThatAnAdministratorCancelsIsNoFailure() {
        Run run = run("wechat", ledger.clock().instant());
        ledger.clock().pass(Duration.ofSeconds(1));
        assertThat(ledger.bean(Polls.class).cancel(run.id(), "ada", "")).isTrue();

        assertThat(alerting.due()).isEmpty();

        ledger.bean(RunLeases.class).release(run.id());
        Run next = run("wechat", ledger.clock().instant());
        ledger.bean(Runs.class).failed(next.id(), Reason.SOURCE_STALLED, "The feed said nothing for 30 s");
        assertThat(alerting.due())
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains(next.id()).doesNotContain(run.id()));
        complete("wechat", 1);
        ledger.clock().pass(Duration.ofHours(27));
        assertThat(causes()).as("but it is no complete one").contains(AlertCause.NO_COMPLETE_RUN);
    }

    @Test
    void anIncompleteRunIsTold() {
        Run run = run("wechat", ledger.clock().instant());
        ledger.bean(Runs.class).landed(run.id(), 7L);
        ledger.clock().pass(Duration.ofSeconds(1));
        ledger.bean(RunReports.class).finish(run.id());

        assertThat(alerting.due()).singleElement().satisfies(alert -> {
            assertThat(alert.cause()).isEqualTo(AlertCause.RUN_INCOMPLETE);
            assertThat(alert.text()).contains(run.id(), "COUNT_DIFFERS");
        });
    }

    @Test
    void aDayAndTwoHoursWithoutACompleteRunIsToldOfThatConnectorOnlyAndAgainDaily() {
        complete("wechat", 1);
        ledger.clock().pass(Duration.ofHours(20));
        complete("whatsapp", 1);
        assertThat(alerting.due()).isEmpty();

        ledger.clock().pass(Duration.ofHours(6).plusSeconds(5));

        assertThat(alerting.due()).singleElement().satisfies(alert -> {
            assertThat(alert.cause()).isEqualTo(AlertCause.NO_COMPLETE_RUN);
            assertThat(alert.text()).contains("wechat").doesNotContain("whatsapp");
        });
        send();
        ledger.clock().pass(Duration.ofHours(2));
        assertThat(alerting.due()).as("the same, two hours later").isEmpty();
        ledger.clock().pass(Duration.ofHours(20));
        assertThat(alerting.due())
                .as("another one joins it")
                .filteredOn(alert -> alert.cause() == AlertCause.NO_COMPLETE_RUN)
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("wechat", "whatsapp"));
        send();
        ledger.clock().pass(DAY.plusSeconds(1));
        assertThat(causes()).as("a day later").contains(AlertCause.NO_COMPLETE_RUN);
        complete("wechat", 1);
        complete("whatsapp", 1);
        assertThat(causes()).doesNotContain(AlertCause.NO_COMPLETE_RUN);
    }

    @Test
    void thatAConnectorIsPausedStandsWhereItsSilenceIsTold() {
        complete("wechat", 1);
        complete("whatsapp", 1);
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "The feed moves");
        ledger.clock().pass(Duration.ofHours(27));

        assertThat(alerting.due())
                .filteredOn(alert -> alert.cause() == AlertCause.NO_COMPLETE_RUN)
                .singleElement()
                .satisfies(alert -> assertThat(alert.text().lines())
                        .anyMatch(line -> line.contains("wechat")
                                && line.contains("paused by 'ada'")
                                && line.contains("The feed moves"))
                        .anyMatch(line -> line.contains("whatsapp") && !line.contains("paused")));
    }

    @Test
    void aConnectorThatNeverRanIsToldOnceItHadTheTime() {
        ledger.clock().pass(Duration.ofHours(25));
        assertThat(alerting.due()).isEmpty();
        ledger.clock().pass(Duration.ofHours(2));
        assertThat(alerting.due()).singleElement().satisfies(alert -> assertThat(alert.text())
                .contains("wechat: no run was ever complete", "whatsapp: no run was ever complete"));
    }

    @Test
    void aWatermarkOlderThanTwoDaysIsTold() {
        ledger.bean(Runs.class).landed(run("wechat", ledger.clock().instant()).id(), null);
        ledger.bean(Watermarks.class).begin("wechat", ledger.clock().instant().minus(Duration.ofHours(47)));
        assertThat(causes()).doesNotContain(AlertCause.WATERMARK_OLD);

        ledger.clock().pass(Duration.ofHours(2));

        assertThat(causes()).contains(AlertCause.WATERMARK_OLD);
    }

    @Test
    void aDayWithoutTrafficIsToldWhereThatDayOfTheWeekUsuallyHasSome() {
        week(5);
        week(0);
        week(7);
        week(2);
        assertThat(causes()).as("traffic").doesNotContain(AlertCause.SILENCE);
        ledger.clock().pass(DAY);
        complete("wechat", 0);
        assertThat(causes()).as("another day, which never has any").doesNotContain(AlertCause.SILENCE);
        ledger.clock().pass(DAY.multipliedBy(6));
        assertThat(causes()).as("no run at all").doesNotContain(AlertCause.SILENCE);

        complete("wechat", 0);

        assertThat(alerting.due())
                .filteredOn(alert -> alert.cause() == AlertCause.SILENCE)
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("wechat", "in 3 of the 4 weeks before"));
        complete("wechat", 1);
        assertThat(causes()).doesNotContain(AlertCause.SILENCE);
    }

    @Test
    void aMappingFileThatCannotBeUsedIsToldAtOnceAndAgainWhenItsReasonChanges() throws IOException {
        files.write("wechat", MappingFiles.HEADER + "447700900103.0,a@b.example\n");
        files.write("whatsapp", MappingFiles.HEADER + "447700900103,a@b.example\n");
        connectors.all().forEach(connector -> mappings.register(files.with(connector)));

        assertThat(alerting.due()).singleElement().satisfies(alert -> {
            assertThat(alert.cause()).isEqualTo(AlertCause.MAPPING_REFUSED);
            assertThat(alert.text())
                    .contains("The mapping file of 'wechat' is refused, and its pages wait until it is mended: Line 2:")
                    .doesNotContain("whatsapp");
        });
        send();
        ledger.clock().pass(HOUR.plusSeconds(1));
        assertThat(alerting.due()).as("the same").isEmpty();
        files.write("wechat", MappingFiles.HEADER + "'wxid,a@b.example\n");
        mappings.refresh();
        assertThat(causes()).as("for another reason").containsExactly(AlertCause.MAPPING_REFUSED);
        send();
        ledger.clock().pass(HOUR.plusSeconds(1));
        files.write("wechat", MappingFiles.HEADER + "447700900103,a@b.example\n");
        mappings.refresh();
        assertThat(alerting.due()).as("mended").isEmpty();
    }

    @Test
    void anAlarmIsToldWhileItIsOn() {
        alarms.raise(AlertCause.DESTINATION_OUTAGE, "destination", "outlook.example cannot be reached");
        assertThat(alerting.due()).singleElement().satisfies(alert -> assertThat(alert.text())
                .contains("outlook.example cannot be reached"));
        alarms.clear(AlertCause.DESTINATION_OUTAGE, "destination");
        alarms.clear(AlertCause.FEED_CLOCK, "wechat");
        assertThat(alerting.due()).isEmpty();
    }

    /** A week's run, then on to the same time of the next week. */
    private void week(int messages) {
        complete("wechat", messages);
        if (messages != 2) {
            ledger.clock().pass(DAY.multipliedBy(7));
        }
    }

    private List<AlertCause> causes() {
        return alerting.due().stream().map(Alert::cause).toList();
    }

    private void send() {
        alerting.due().forEach(alerting::sent);
    }

    private void entry(String connector, Reason reason) {
        ledger.bean(Channels.class).record(List.of(Failure.ofPoll(connector, "run-" + sent++, reason, "It failed.")));
    }

    private Run run(String connector, Instant windowEnd) {
        return ledger.bean(Runs.class)
                .open(connector, Run.Cause.SCHEDULE, false, windowEnd.minus(DAY), windowEnd)
                .orElseThrow();
    }

    private void complete(String connector, int messages) {
        Instant now = ledger.clock().instant();
        Run run = run(connector, now);
        Page page = new Page(run.id(), 1, run.id() + "/1", "a".repeat(64), 10, messages, now);
        ledger.bean(Pages.class).landed(page);
        for (int i = 0; i < messages; i++) {
            Revision revision = Revision.of(connector, "m" + sent++, "d".repeat(64), 0, page, i, "", "", "");
            Item item = new Item(
                    revision.id(), "ann@example.com", run.id(), 1, ItemState.SENDING, null, null, null, 0, null, null);
            ledger.bean(Items.class).register(List.of(new Items.Fresh(revision, List.of(item))));
            ledger.bean(Items.class).settle(List.of(new Items.Settled(item, ItemState.IMPORTED, null, null, 1, null)));
        }
        ledger.bean(Pages.class).done(page);
        ledger.bean(Runs.class).landed(run.id(), (long) messages);
        assertThat(ledger.bean(RunReports.class).finish(run.id())).isPresent();
    }
}
