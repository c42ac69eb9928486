package org.chatarchiver.channel;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Failure;
import org.springframework.stereotype.Component;

/**
 * Enters failures into their channels, and makes their items final, all in the ledger: what the channels' routes do with it, or fail to,
 * changes nothing of that. Doing it twice leaves one entry.
 */
@Component("errorChannelRecorder")
public class ErrorChannelRecorder {
    private final Channels channels;
    private final ChannelPace pace;
    private final MeterRegistry metrics;

    public ErrorChannelRecorder(Channels channels, ChannelPace pace, MeterRegistry metrics) {
        this.channels = channels;
        this.pace = pace;
        this.metrics = metrics;
    }

    public void enter(@Body List<Failure> failures) {
        if (failures.isEmpty()) {
            return;
        }
        channels.record(failures);
        for (Failure failure : failures) {
            metrics.counter(
                            "archiver.channel.entries",
                            "connector",
                            failure.connector(),
                            "channel",
                            failure.channel().id(),
                            "reason",
                            failure.reason().name())
                    .increment();
            pace.wake(failure.channel());
        }
    }
}
