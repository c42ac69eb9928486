package org.chatarchiver.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.SynchronizationAdapter;
import org.chatarchiver.ledger.QueuedPages;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Who puts references of pages into the page queue, and takes them out, tells the ledger. Safe for many threads. */
@Component("pageQueue")
public class PageQueue {
    private static final Logger LOG = LoggerFactory.getLogger(PageQueue.class);
    private static final Duration SAID = Duration.ofMinutes(1);

    private final QueuedPages queued;
    private final Duration queuedFor;
    private final Clock clock;
    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private volatile boolean taking = true;
    private Instant said = Instant.MIN;

    PageQueue(QueuedPages queued, ArchiveProperties settings, Clock clock) {
        this.queued = queued;
        this.queuedFor = settings.queuedFor();
        this.clock = clock;
    }

    /** Whether a page is to be queued now; false where it stands in the queue already. */
    public boolean claim(@Body String reference) {
        return queued.claim(reference, queuedFor);
    }

    /** The queue has not taken the page: it is full or out of reach, which is nobody's failure, and the page is for the next sweep. */
    public void refused(@Body String reference, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        taking = false;
        release(reference);
        // Seda's word for a full queue.
        boolean full = error instanceof IllegalStateException;
        LOG.atLevel(full || !tell() ? Level.DEBUG : Level.WARN)
                .log(
                        "Page {} cannot be queued now, and waits for a sweep, as others do: {}",
                        reference,
                        Printable.of(error.toString()));
    }

    private synchronized boolean tell() {
        Instant now = clock.instant();
        if (now.isBefore(said)) {
            return false;
        }
        said = now.plus(SAID);
        return true;
    }

    /**
     * The page is out of a queue in memory. A broker has it until its work has ended, and for another try where that fails for an unforeseen
     * reason: so long it is not queued beside that.
     */
    public void taken(@Body String reference, Exchange exchange) {
        if (exchange.getFromEndpoint() instanceof SedaEndpoint) {
            release(reference);
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                release(reference);
            }

            @Override
            public void onFailure(Exchange failed) {
                queued.putOff(reference, queuedFor);
            }
        });
    }

    /** What fails here, as in a restart of the database, the next sweep does. */
    private void release(String reference) {
        owed.add(reference);
        queued.release(reference);
        owed.remove(reference);
    }

    /** What no longer stands in the queue and the ledger has not heard of, which would have it wait for as long as a page counts as queued. */
    void releaseOwed() {
        owed.forEach(this::release);
    }

    /** Begins with the first, and ends once the queue has refused one. */
    Iterator<String> whileItTakes(Iterator<String> references) {
        taking = true;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return taking && references.hasNext();
            }

            @Override
            public String next() {
                return references.next();
            }
        };
    }
}
