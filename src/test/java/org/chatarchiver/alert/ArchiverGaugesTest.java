package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Tellings;
import org.chatarchiver.ledger.Waiting;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class ArchiverGaugesTest {
    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private ArchiverGauges gauges;

    @BeforeEach
    void start() {
        Connectors connectors = ledger.connectors("wechat", "whatsapp");
        gauges = new ArchiverGauges(
                registry,
                ledger.bean(Conditions.class),
                ledger.bean(Waiting.class),
                ledger.bean(Watermarks.class),
                ledger.bean(ConnectorPauses.class),
                ledger.bean(Tellings.class),
                connectors,
                ledger.clock());
        gauges.connectors(connectors.all());
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void agesAreThoseOfTheConnectorAndAbsentBeforeThereIsAny() {
        assertThat(shown("archiver.run.complete.age.seconds", "wechat")).isFalse();
        assertThat(shown("archiver.watermark.age.seconds", "wechat")).isFalse();
        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isZero();
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, now.minusSeconds(600), now.minusSeconds(300))
                .orElseThrow();
        Page page = new Page(run.id(), 1, "path", "a".repeat(64), 10, 0, now);
        ledger.bean(Pages.class).landed(page);
        ledger.clock().pass(Duration.ofSeconds(40));
        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isEqualTo(40);
        assertThat(value("archiver.pages.unarchived", "wechat")).isEqualTo(1);
        assertThat(value("archiver.pages.unarchived", "whatsapp")).isZero();
        assertThat(value("archiver.unarchived.age.seconds", "whatsapp")).isZero();

        ledger.bean(Pages.class).done(page);
        ledger.bean(Runs.class).landed(run.id(), 0L);
        ledger.bean(RunReports.class).finish(run.id());
        ledger.clock().pass(Duration.ofSeconds(20));
        gauges.refresh();

        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isZero();
        assertThat(value("archiver.pages.unarchived", "wechat")).isZero();
        assertThat(value("archiver.run.complete.age.seconds", "wechat")).isEqualTo(20);
        assertThat(value("archiver.watermark.age.seconds", "wechat")).isEqualTo(360);
        assertThat(shown("archiver.run.complete.age.seconds", "whatsapp")).isFalse();
    }

    @Test
    void connectorsAreShownAlsoWhileTheLedgerIsDown() {
        ledger.bean(JdbcTemplate.class).execute("alter table connector rename to away");
        gauges.connectors(ledger.connectors("signal").all());
        ledger.bean(JdbcTemplate.class).execute("alter table away rename to connector");

        assertThat(value("archiver.runs.failed", "signal")).isZero();
        assertThat(registry.find("archiver.runs.failed")
                        .tag("connector", "wechat")
                        .gauge())
                .isNull();
    }

    @Test
    void aPausedConnectorIsShownUntilItIsResumed() {
        assertThat(value("archiver.connector.paused", "wechat")).isZero();
        ledger.bean(ConnectorPauses.class).pause("wechat", "ada", "The feed moves");
        assertThat(value("archiver.connector.paused", "wechat")).isEqualTo(1);
        assertThat(value("archiver.connector.paused", "whatsapp")).isZero();

        ledger.bean(ConnectorPauses.class).resume("wechat", "ada");
        assertThat(value("archiver.connector.paused", "wechat")).isZero();
    }

    @Test
    void runsAreCountedAsFailedUntilOneIsComplete() {
        assertThat(value("archiver.runs.failed", "wechat")).isZero();
        for (int i = 0; i < 2; i++) {
            ledger.bean(Runs.class).failed(open(false).id(), Reason.SOURCE_STALLED, "It failed.");
        }
        ledger.bean(Runs.class).failed(open(true).id(), Reason.SOURCE_STALLED, "It was dry.");
        Run cancelled = open(false);
        ledger.bean(Polls.class).cancel(cancelled.id(), "ada", "");
        ledger.bean(RunLeases.class).release(cancelled.id());
        assertThat(value("archiver.runs.failed", "wechat")).isEqualTo(2);
        assertThat(value("archiver.runs.failed", "whatsapp")).isZero();
        Run complete = open(false);
        ledger.bean(Runs.class).landed(complete.id(), 0L);
        ledger.bean(RunReports.class).finish(complete.id());
        assertThat(value("archiver.runs.failed", "wechat")).isZero();
    }

    private Run open(boolean dry) {
        ledger.clock().pass(Duration.ofSeconds(1));
        Instant now = ledger.clock().instant();
        return ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, dry, now.minusSeconds(600), now.minusSeconds(300))
                .orElseThrow();
    }

    @Test
    void itemsThatWaitAreCounted() {
        assertThat(value("archiver.items.waiting", "wechat")).isZero();
        Run run = open(false);
        Page page = new Page(
                run.id(), 1, "path", "a".repeat(64), 10, 1, ledger.clock().instant());
        ledger.bean(Pages.class).landed(page);
        Revision revision = Revision.of("wechat", "m1", "d".repeat(64), 0, page, 0, "+4915112345678", "", "");
        Item item = new Item(
                revision.id(), "anna@example.com", run.id(), 1, ItemState.SENDING, null, null, null, 0, null, null);
        ledger.bean(Items.class).register(List.of(new Items.Fresh(revision, List.of(item))));
        ledger.bean(Items.class)
                .settle(List.of(new Items.Settled(
                        item,
                        ItemState.RETRY,
                        Reason.QUOTA_EXCEEDED,
                        "It is full.",
                        0,
                        ledger.clock().instant().plusSeconds(60))));
        ledger.clock().pass(Duration.ofSeconds(6));
        assertThat(value("archiver.items.waiting", "wechat")).isEqualTo(1);
        assertThat(value("archiver.items.waiting", "whatsapp")).isZero();
    }

    @Test
    void openEntriesAreCountedByConnectorAndChannel() {
        assertThat(open("wechat", Channel.SOURCE)).isZero();
        ledger.bean(Channels.class)
                .record(List.of(Failure.ofPoll("wechat", "r1", Reason.SOURCE_STALLED, "It failed.")));
        ledger.bean(Channels.class)
                .record(List.of(Failure.ofPoll("wechat", "r2", Reason.SOURCE_STALLED, "It failed.")));
        assertThat(open("wechat", Channel.SOURCE)).as("counted a moment ago").isZero();

        ledger.clock().pass(Duration.ofSeconds(6));

        assertThat(open("wechat", Channel.SOURCE)).isEqualTo(2);
        assertThat(open("wechat", Channel.UNMAPPED)).isZero();
        assertThat(open("whatsapp", Channel.SOURCE)).isZero();
    }

    @Test
    void entriesThatTheRouteOfTheirChannelWasNotToldOfAreCounted() {
        assertThat(untold(Channel.SOURCE)).isZero();
        ledger.bean(Channels.class)
                .record(List.of(Failure.ofPoll("wechat", "r1", Reason.SOURCE_STALLED, "It failed.")));
        ledger.clock().pass(Duration.ofSeconds(6));
        assertThat(untold(Channel.SOURCE)).isEqualTo(1);
        assertThat(untold(Channel.UNMAPPED)).isZero();

        Tellings tellings = ledger.bean(Tellings.class);
        tellings.settle(tellings.claim(Channel.SOURCE, 10, Duration.ofMinutes(2)).stream()
                .map(told -> new Tellings.Next(told, 0, null))
                .toList());

        ledger.clock().pass(Duration.ofSeconds(6));
        assertThat(untold(Channel.SOURCE)).isZero();
    }

    private double untold(Channel channel) {
        return registry.get("archiver.channel.untold")
                .tag("channel", channel.id())
                .gauge()
                .value();
    }

    private boolean shown(String gauge, String connector) {
        return registry.find(gauge).tag("connector", connector).gauge() != null;
    }

    private double value(String gauge, String connector) {
        return registry.get(gauge).tag("connector", connector).gauge().value();
    }

    private double open(String connector, Channel channel) {
        return registry.get("archiver.channel.open")
                .tag("connector", connector)
                .tag("channel", channel.id())
                .gauge()
                .value();
    }
}
