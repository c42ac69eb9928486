package org.chatarchiver.collect;

import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.springframework.stereotype.Component;

/** Requeues entries of the channels because an administrator wishes so. */
@Component
public class RequeueWishes {
    private final Channels channels;
    private final AskingAgain askingAgain;

    public RequeueWishes(Channels channels, AskingAgain askingAgain) {
        this.channels = channels;
        this.askingAgain = askingAgain;
    }

    /**
     * What came of a wish.
     *
     * @param entries that will be tried again; those already on their way are not among them
     * @param expired entries of polls whose window begins before what the source keeps; 0 for other channels
     */
    public record Requeued(int entries, int expired) {}

    /** @param ids of open entries of the channel; empty for all of it */
    public Requeued requeue(Channel channel, List<Long> ids, String administrator) {
        int requeued = channels.requeue(channel, ids, administrator);
        if (channel != Channel.SOURCE) {
            return new Requeued(requeued, 0);
        }
        AskingAgain.Expired expired = askingAgain.expired(ids);
        askingAgain.ask();
        return new Requeued(requeued - expired.givenUp(), expired.entries());
    }
}
