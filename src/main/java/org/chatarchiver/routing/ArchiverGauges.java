package org.chatarchiver.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/**
 * What is to be alerted on, as gauges: {@code archiver.channel.open} by channel, {@code archiver.watermark.age.seconds} by connector (not
 * a number before the first complete window), {@code archiver.connectors.left_out}. Safe for many threads.
 */
@Component
class ArchiverGauges {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Channels channels;
    private final Watermarks watermarks;
    private final Clock clock;
    private final MultiGauge ages;
    private Map<Channel, Long> open = Map.of();
    private Instant counted = Instant.MIN;

    ArchiverGauges(
            MeterRegistry registry, Channels channels, Watermarks watermarks, Connectors connectors, Clock clock) {
        this.channels = channels;
        this.watermarks = watermarks;
        this.clock = clock;
        for (Channel channel : Channel.values()) {
            Gauge.builder("archiver.channel.open", this, gauges -> gauges.open(channel))
                    .description("Open entries of an error channel")
                    .tag("channel", channel.id())
                    .register(registry);
        }
        Gauge.builder("archiver.connectors.left_out", connectors, Connectors::leftOut)
                .description("Connector files that were left out at start")
                .register(registry);
        this.ages = MultiGauge.builder("archiver.watermark.age.seconds")
                .description("How long ago the gap-free chain of landed windows ends")
                .register(registry);
    }

    /** Shows these connectors, and no others. */
    void connectors(Collection<Connector> running) {
        ages.register(
                running.stream()
                        .map(connector -> MultiGauge.Row.of(
                                Tags.of("connector", connector.id()), connector.id(), this::watermarkAge))
                        .toList(),
                true);
    }

    /** One count serves all channels of a scrape. */
    private synchronized double open(Channel channel) {
        Instant now = clock.instant();
        if (counted.isBefore(now.minus(FRESH))) {
            open = channels.counts();
            counted = now;
        }
        return open.get(channel);
    }

    private double watermarkAge(String connector) {
        return watermarks
                .of(connector)
                .map(watermark -> Duration.between(watermark, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
