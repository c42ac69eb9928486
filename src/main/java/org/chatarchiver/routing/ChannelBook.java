package org.chatarchiver.routing;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Enters a failure into its channel. Doing it twice leaves one entry. */
@Component("channelBook")
public class ChannelBook {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelBook.class);

    private final Channels channels;
    private final MeterRegistry metrics;

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
        LOG.warn(
                "{} {} in run {}{}: {}",
                failure.channel().id(),
                failure.reason(),
                failure.run(),
                failure.item() == null
                        ? ""
                        : ", page " + failure.item().page() + ", position "
                                + failure.revision().position(),
                Printable.of(failure.detail()));
    }
}
