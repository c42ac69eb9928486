package org.chatarchiver.routing;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.springframework.stereotype.Component;

/** Enters a failure into its channel. Doing it twice leaves one entry. */
@Component("channelBook")
public class ChannelBook {
    private final Channels channels;
    private final MeterRegistry metrics;
    private final ChannelLog log = new ChannelLog();

    ChannelBook(Channels channels, MeterRegistry metrics) {
        this.channels = channels;
        this.metrics = metrics;
    }

    public void record(@Body Failure failure) {
        channels.record(failure);
        metrics.counter(
                        "archiver.channel.entries",
                        "connector",
                        failure.connector(),
                        "channel",
                        failure.channel().id(),
                        "reason",
                        failure.reason().name())
                .increment();
        log.entered(failure);
    }
}
