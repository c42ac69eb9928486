package org.chatarchiver.channel;

import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Tellings.Next;
import org.chatarchiver.ledger.Untold;

/** Entries that the route of a channel is told of one after the other, and what came of it. In one thread's hands at a time. */
public final class ChannelBatch {
    private final Channel channel;
    private final List<Untold> entries;
    private final List<Next> outcomes = new ArrayList<>();
    private int begun;

    /** @param entries not empty, all of the channel */
    ChannelBatch(Channel channel, List<Untold> entries) {
        this.channel = channel;
        this.entries = entries;
    }

    Channel channel() {
        return channel;
    }

    /** The entry whose telling is to begin; null behind the last one. */
    Untold upcoming() {
        return begun < entries.size() ? entries.get(begun) : null;
    }

    void begin() {
        begun++;
    }

    /** The entry that was told last, or could not be. */
    Untold current() {
        return entries.get(begun - 1);
    }

    void came(Next outcome) {
        outcomes.add(outcome);
    }

    List<Next> outcomes() {
        return outcomes;
    }

    /** Those whose telling has not begun. */
    List<Untold> left() {
        return entries.subList(begun, entries.size());
    }
}
