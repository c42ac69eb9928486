package org.chatarchiver.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Tellings;
import org.chatarchiver.ledger.Untold;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the routes of the channels of what was entered, each entry at least once. A route that fails is told again after 1, 2, 4 ...
 * minutes, at the longest an hour; one that is slow holds up no other channel. Safe for many threads.
 */
@Component("channelTelling")
public class ChannelTelling implements AggregationStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelTelling.class);

    private static final int AT_ONCE = 100;
    /** Within it, what was claimed is begun; what is left then is claimed anew. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    private final Tellings tellings;
    private final ChannelPace pace;
    private final Clock clock;

    ChannelTelling(Tellings tellings, ChannelPace pace, Clock clock) {
        this.tellings = tellings;
        this.pace = pace;
        this.clock = clock;
    }

    /** Of each channel whose route is idle the entries that it is due to be told of, a hundred at the most. */
    public List<ChannelBatch> due() {
        List<ChannelBatch> batches = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (pace.isDue(channel)) {
                List<Untold> entries = tellings.claim(channel, AT_ONCE, LEASE);
                if (!entries.isEmpty()) {
                    batches.add(new ChannelBatch(channel, entries));
                }
            }
        }
        // Only now: none of them would ever end if the ledger failed before the last one was found.
        batches.forEach(batch -> pace.began(batch.channel()));
        return batches;
    }

    /** The entries, each as the one before has been told; it ends where that takes too long, or the route fails again and again. */
    public Iterator<Channels.Entry> entries(@Body ChannelBatch batch) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                Untold next = batch.upcoming();
                return next != null
                        && !pace.rests(batch.channel())
                        && clock.instant().isBefore(next.claimed().minus(MARGIN));
            }

            @Override
            public Channels.Entry next() {
                Untold next = batch.upcoming();
                if (next == null) {
                    throw new NoSuchElementException("All " + batch.channel() + " entries are told");
                }
                batch.begin();
                return next.entry();
            }
        };
    }

    /** Puts into headers what a notification needs, of what came from outside only what can be printed. A message's text is nowhere. */
    public void describe(@Body Channels.Entry entry, @Headers Map<String, Object> headers) {
        if (entry.page() == null) {
            WorkFields.begin(entry.connector(), entry.run());
        } else {
            WorkFields.begin(entry.connector(), entry.run(), entry.page());
        }
        headers.clear();
        headers.put("entry", entry.id());
        headers.put("channel", entry.channel().id());
        headers.put("reason", entry.reason().name());
        headers.put("detail", Printable.of(entry.detail()));
        headers.put("connector", entry.connector());
        headers.put("run", entry.run());
        headers.put("messageId", Printable.of(entry.messageId()));
        if (entry.page() != null) {
            headers.put("page", entry.page());
        }
        if (entry.position() != null) {
            headers.put("position", entry.position());
        }
        if (entry.mailbox() != null) {
            headers.put("mailbox", Printable.of(entry.mailbox()));
        }
    }

    /** What came of an entry, whichever way its route ended: also one that stops, or handles its error itself, was told. */
    @Override
    public Exchange aggregate(Exchange before, Exchange told, Exchange input) {
        ChannelBatch batch = input.getMessage().getBody(ChannelBatch.class);
        Untold untold = batch.current();
        if (told.isFailed()) {
            batch.came(failed(untold, told.getException()));
        } else {
            pace.told(batch.channel());
            batch.came(new Tellings.Next(untold, 0, null));
        }
        WorkFields.end();
        return input;
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange told) {
        throw new UnsupportedOperationException("What is told is of a batch, which is the body of the input");
    }

    private Tellings.Next failed(Untold untold, Exception error) {
        Channels.Entry entry = untold.entry();
        Duration pause = Duration.ofMinutes(1L << Math.min(untold.failed(), MOST_DOUBLINGS));
        Instant again = clock.instant().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        String channel = entry.channel().id();
        if (pace.failed(entry.channel())) {
            LOG.warn(
                    "The route of the channel {} in errors.camel.yaml fails, so nobody is told of entry {} ({}); the entry itself is safe."
                            + " Mend the route and restart, or the server that it asks: it is told again at {}. {}",
                    channel,
                    entry.id(),
                    entry.reason(),
                    again,
                    Printable.of(error.toString()));
        } else {
            LOG.debug("The route of the channel {} fails with entry {} too", channel, entry.id());
        }
        return new Tellings.Next(untold, untold.failed() + 1, again);
    }

    /** Records what came of a batch; what was not begun is due at once. */
    public void end(@Body ChannelBatch batch) {
        try {
            List<Tellings.Next> outcomes = new ArrayList<>(batch.outcomes());
            batch.left().forEach(left -> outcomes.add(new Tellings.Next(left, left.failed(), clock.instant())));
            tellings.settle(outcomes);
        } finally {
            pace.ended(batch.channel());
        }
    }
}
