package org.chatarchiver.channel;

import org.apache.camel.Body;
import org.chatarchiver.alert.Told;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One line for a run, channel and reason, by the first item it happens to: an outage of a mailing list fails thousands, and each stands in
 * its channel anyway. How many there were is in the line that ends the run. Safe for many threads.
 */
@Component("channelLog")
public class ChannelLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelLog.class);

    private final Told<Line> told = new Told<>();

    private record Line(String run, Channel channel, Reason reason) {}

    public void tell(@Body Channels.Entry entry) {
        String channel = entry.channel().id();
        if (!told.first(new Line(entry.run(), entry.channel(), entry.reason()))) {
            LOG.debug("{} {} in run {} again", channel, entry.reason(), entry.run());
        } else if (entry.position() == null) {
            LOG.warn("{} {} in run {}: {}", channel, entry.reason(), entry.run(), Printable.of(entry.detail()));
        } else {
            LOG.warn(
                    "{} {} in run {}, first on page {}, position {}: {} All of them: GET /api/channels/{}",
                    channel,
                    entry.reason(),
                    entry.run(),
                    entry.page(),
                    entry.position(),
                    Printable.of(entry.detail()),
                    channel);
        }
    }
}
