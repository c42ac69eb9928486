package org.chatarchiver.routing;

import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for a run, channel and reason, by the first item it happens to: an outage of a mailing list fails thousands, and each stands in
 * its channel anyway. How many there were is in the line that ends the run. Remembers the last 1,000 lines. Safe for many threads.
 */
final class ChannelLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelBook.class);

    private final Told<Line> told = new Told<>();

    private record Line(String run, Channel channel, Reason reason) {}

    void entered(Failure failure) {
        String channel = failure.channel().id();
        if (!told.first(new Line(failure.run(), failure.channel(), failure.reason()))) {
            LOG.debug("{} {} in run {} again", channel, failure.reason(), failure.run());
        } else if (failure.item() == null) {
            LOG.warn("{} {} in run {}: {}", channel, failure.reason(), failure.run(), Printable.of(failure.detail()));
        } else {
            LOG.warn(
                    "{} {} in run {}, first on page {}, position {}: {} All of them: GET /api/channels/{}",
                    channel,
                    failure.reason(),
                    failure.run(),
                    failure.item().page(),
                    failure.revision().position(),
                    Printable.of(failure.detail()),
                    channel);
        }
    }
}
