package org.chatarchiver.channel;

import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes entries because an administrator has decided so, and says so in the log. */
@Component
public class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Decisions decisions;

    public Closing(Decisions decisions) {
        this.decisions = decisions;
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
}
