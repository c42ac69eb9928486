package org.chatarchiver.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/**
 * What is to be alerted on, as gauges, all but the last by connector: {@code archiver.channel.open} also by channel,
 * {@code archiver.watermark.age.seconds} and {@code archiver.run.complete.age.seconds} (not a number before the first complete window or
 * run), {@code archiver.unarchived.age.seconds} (since the oldest page landed that has anything left to archive; 0 for none),
 * {@code archiver.connectors.left_out}. Safe for many threads.
 */
@Component
class ArchiverGauges {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Conditions ledger;
    private final Watermarks watermarks;
    private final Clock clock;
    private final MultiGauge watermarkAges;
    private final MultiGauge runAges;
    private final MultiGauge unarchivedAges;
    private final MultiGauge open;
    private List<Conditions.Open> counts = List.of();
    private Instant counted = Instant.MIN;

    ArchiverGauges(
            MeterRegistry registry, Conditions ledger, Watermarks watermarks, Connectors connectors, Clock clock) {
        this.ledger = ledger;
        this.watermarks = watermarks;
        this.clock = clock;
        Gauge.builder("archiver.connectors.left_out", connectors, Connectors::leftOut)
                .description("Connector files that were left out at start")
                .register(registry);
        this.watermarkAges = MultiGauge.builder("archiver.watermark.age.seconds")
                .description("How long ago the gap-free chain of landed windows ends")
                .register(registry);
        this.runAges = MultiGauge.builder("archiver.run.complete.age.seconds")
                .description("How long ago the last complete run ended")
                .register(registry);
        this.unarchivedAges = MultiGauge.builder("archiver.unarchived.age.seconds")
                .description("How long ago the oldest page landed that has anything left to archive")
                .register(registry);
        this.open = MultiGauge.builder("archiver.channel.open")
                .description("Open entries of an error channel")
                .register(registry);
    }

    /** Shows these connectors, and no others. */
    void connectors(Collection<Connector> running) {
        List<String> ids = running.stream().map(Connector::id).toList();
        register(watermarkAges, ids, id -> age(watermarks.of(id), Double.NaN));
        register(runAges, ids, id -> age(ledger.lastComplete(id), Double.NaN));
        register(unarchivedAges, ids, id -> age(ledger.oldestUnarchived(id), 0));
        open.register(
                ids.stream()
                        .flatMap(id -> Arrays.stream(Channel.values())
                                .map(channel -> MultiGauge.Row.of(
                                        Tags.of("connector", id, "channel", channel.id()),
                                        id,
                                        connector -> open(connector, channel))))
                        .toList(),
                true);
    }

    private static void register(MultiGauge gauge, List<String> ids, ToDoubleFunction<String> value) {
        gauge.register(
                ids.stream()
                        .map(id -> MultiGauge.Row.of(Tags.of("connector", id), id, value))
                        .toList(),
                true);
    }

    /** One count serves all channels of a scrape. */
    private synchronized double open(String connector, Channel channel) {
        Instant now = clock.instant();
        if (counted.isBefore(now.minus(FRESH))) {
            counts = ledger.open();
            counted = now;
        }
        return counts.stream()
                .filter(count -> count.connector().equals(connector) && count.channel() == channel)
                .mapToLong(Conditions.Open::number)
                .sum();
    }

    private double age(Optional<Instant> time, double none) {
        return time.map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(none);
    }
}
