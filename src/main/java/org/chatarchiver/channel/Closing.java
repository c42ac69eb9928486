package org.chatarchiver.channel;

import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes entries because an administrator has decided so, or opens them again, and says so in the log. */
@Component
public class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Decisions decisions;
    private final ChannelPace pace;

    public Closing(Decisions decisions, ChannelPace pace) {
        this.decisions = decisions;
        this.pace = pace;
    }

    /**
     * Closes open entries of a channel.
     *
     * @param why in the administrator's words, at most {@value Decisions#LONGEST_REASON} characters
     * @return how many were closed: not those that others have closed meanwhile
     */
    public int close(Channel channel, List<Long> ids, String administrator, String why) {
        int closed = decisions.close(channel, ids, administrator, why);
        if (closed > 0) {
            LOG.info(
                    "{} has closed {} {} of the channel {}, so that no more is done for {}: {}",
                    Printable.of(administrator),
                    closed,
                    closed == 1 ? "entry" : "entries",
                    channel.id(),
                    closed == 1 ? "it" : "them",
                    Printable.of(why));
        }
        return closed;
    }

    /**
     * Opens entries of a channel again that such a decision has closed, as if they had just come into it: its route is told of them.
     *
     * @param why in the administrator's words, at most {@value Decisions#LONGEST_REASON} characters
     * @return how many were opened: not those that others have opened meanwhile, or that were delivered all the same
     */
    public int reopen(Channel channel, List<Long> ids, String administrator, String why) {
        int opened = decisions.reopen(channel, ids, administrator, why);
        if (opened > 0) {
            pace.wake(channel);
            LOG.info(
                    "{} has opened {} closed {} of the channel {} again: {}",
                    Printable.of(administrator),
                    opened,
                    opened == 1 ? "entry" : "entries",
                    channel.id(),
                    Printable.of(why));
        }
        return opened;
    }
}
