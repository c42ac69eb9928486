package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiverGaugesTest {
    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void start() {
        Connectors connectors = ledger.connectors("wechat", "whatsapp");
        new ArchiverGauges(
                        registry,
                        ledger.bean(Conditions.class),
                        ledger.bean(Watermarks.class),
                        connectors,
                        ledger.clock())
                .connectors(connectors.all());
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void agesAreThoseOfTheConnectorAndNoNumberBeforeThereIsAny() {
        assertThat(value("archiver.run.complete.age.seconds", "wechat")).isNaN();
        assertThat(value("archiver.watermark.age.seconds", "wechat")).isNaN();
        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isZero();
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, now.minusSeconds(600), now.minusSeconds(300))
                .orElseThrow();
        Page page = new Page(run.id(), 1, "path", "a".repeat(64), 10, 0, now);
        ledger.bean(Pages.class).landed(page);
        ledger.clock().pass(Duration.ofSeconds(40));
        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isEqualTo(40);
        assertThat(value("archiver.unarchived.age.seconds", "whatsapp")).isZero();

        ledger.bean(Pages.class).done(page);
        ledger.bean(Runs.class).landed(run.id(), 0L);
        ledger.bean(RunReports.class).finish(run.id());
        ledger.clock().pass(Duration.ofSeconds(20));

        assertThat(value("archiver.unarchived.age.seconds", "wechat")).isZero();
        assertThat(value("archiver.run.complete.age.seconds", "wechat")).isEqualTo(20);
        assertThat(value("archiver.watermark.age.seconds", "wechat")).isEqualTo(360);
        assertThat(value("archiver.run.complete.age.seconds", "whatsapp")).isNaN();
    }

    @Test
    void openEntriesAreCountedByConnectorAndChannel() {
        assertThat(open("wechat", Channel.SOURCE)).isZero();
        ledger.bean(Channels.class).record(Failure.ofPoll("wechat", "r1", Reason.SOURCE_STALLED, "It failed."));
        ledger.bean(Channels.class).record(Failure.ofPoll("wechat", "r2", Reason.SOURCE_STALLED, "It failed."));
        assertThat(open("wechat", Channel.SOURCE)).as("counted a moment ago").isZero();

        ledger.clock().pass(Duration.ofSeconds(6));

        assertThat(open("wechat", Channel.SOURCE)).isEqualTo(2);
        assertThat(open("wechat", Channel.UNMAPPED)).isZero();
        assertThat(open("whatsapp", Channel.SOURCE)).isZero();
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
