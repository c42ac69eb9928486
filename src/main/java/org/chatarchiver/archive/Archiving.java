package org.chatarchiver.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.PageLeases;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.observation.Notes;
import org.chatarchiver.observation.WorkFields;
import org.chatarchiver.recovery.Recovery;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.PageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the archive route does with a page as a whole: opens it, cuts it, and ends it once every item has an outcome. */
@Component("archiving")
public class Archiving {
    private static final Logger LOG = LoggerFactory.getLogger(Archiving.class);

    private final Pages pages;
    private final Runs runs;
    private final RunReports reports;
    private final DonePages donePages;
    private final Connectors connectors;
    private final Landings landings;
    private final PageReader reader;
    private final Recovery recovery;
    private final ChunkProperties chunk;
    private final InDoubt inDoubt;
    private final PageLeases leases;
    private final NextTries nextTries;
    private final MappingSources mappings;
    private final PageTurns turns;
    /** The connectors of pages in work, by the pages' references. */
    private final Map<String, String> inWork = new ConcurrentHashMap<>();

    Archiving(
            Pages pages,
            Runs runs,
            RunReports reports,
            DonePages donePages,
            Connectors connectors,
            Landings landings,
            PageReader reader,
            Recovery recovery,
            InDoubt inDoubt,
            PageLeases leases,
            NextTries nextTries,
            MappingSources mappings,
            PageTurns turns,
            ChunkProperties chunk) {
        this.pages = pages;
        this.runs = runs;
        this.reports = reports;
        this.donePages = donePages;
        this.connectors = connectors;
        this.landings = landings;
        this.reader = reader;
        this.recovery = recovery;
        this.inDoubt = inDoubt;
        this.leases = leases;
        this.nextTries = nextTries;
        this.mappings = mappings;
        this.turns = turns;
        this.chunk = chunk;
    }

    /**
     * Takes up a page; null if there is nothing to do in it now.
     *
     * @param reference as the queue has it: whoever may write to a broker's queue can have put it there
     * @param exchange whose end, good or bad, ends the work on the page
     */
    public PageWork open(@Body String reference, Exchange exchange) {
        nextTries.taken(reference);
        Page page = pages.find(reference).orElse(null);
        if (page == null) {
            LOG.warn(
                    "The page queue gave {}, which is no page that the ledger knows; it is let pass",
                    Printable.quoted(String.valueOf(reference)));
            return null;
        }
        Run run = runs.find(page.run()).orElseThrow();
        WorkFields.begin(exchange, run.connector(), run.id(), page.number());
        Optional<Connector> connector = connectors.find(run.connector());
        if (connector.isEmpty()) {
            LOG.warn(
                    "Page {} waits: its connector {} does not run; mend or restore its file in routes/connectors",
                    reference,
                    run.connector());
            return null;
        }
        if (inDoubt.mustWait(page) || inWork.putIfAbsent(reference, run.connector()) != null) {
            return null;
        }
        boolean taken = take(page);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                try {
                    if (taken) {
                        leases.release(page);
                    }
                } finally {
                    // Also where the ledger is gone: the lease can be taken by this process again, but not a page that
                    // it takes for in work.
                    inWork.remove(reference);
                    if (isDueSoon(done, run.connector())) {
                        nextTries.brokenOff(reference);
                    }
                }
            }
        });
        if (!taken) {
            return null;
        }
        String folder = runs.folder(run.id()).orElseGet(connector.get()::folder);
        return pages.state(page)
                .map(state -> new PageWork(
                        page,
                        run,
                        connector.get(),
                        mappings.latest(connector.get()),
                        folder,
                        state.done(),
                        state.doubtful() || recovery.doubts(),
                        fence(page)))
                .orElse(null);
    }

    private boolean take(Page page) {
        try {
            return leases.take(page);
        } catch (RuntimeException ledgerIsOut) {
            // Nobody else would, and the page be taken for in work until the next start.
            inWork.remove(page.reference());
            throw ledgerIsOut;
        }
    }

    private Fence fence(Page page) {
        return leases.isShared() ? () -> !leases.isReliable(page) : Fence.OPEN;
    }

    /** How many pages of a connector are in work here. */
    int inWork(String connector) {
        return (int) inWork.values().stream().filter(connector::equals).count();
    }

    /** Whether a page of the connector is in work here. */
    public boolean works(String connector) {
        return inWork.containsValue(connector);
    }

    /** What a mapping file holds up is due when that can be used, which it may have become while the page was still in work. */
    private boolean isDueSoon(Exchange done, String connector) {
        return endedBy(done, OutageException.class).isPresent()
                || endedBy(done, PageWaitsException.class)
                        .filter(wait -> !wait.isTold() || mappings.isUsable(connector))
                        .isPresent();
    }

    private static <E extends Exception> Optional<E> endedBy(Exchange done, Class<E> kind) {
        return Optional.ofNullable(done.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .map(caught -> ObjectHelper.getException(kind, caught));
    }

    /**
     * The page in chunks that fit into memory, once all of it has been held against its digest.
     *
     * @param exchange at whose end the files of the last chunk go: Camel closes an iterator when it has nothing more to give, which is
     *     before the last chunk has been worked on
     */
    public Iterator<WorkChunk> chunks(@Body PageWork work, Exchange exchange) throws IOException {
        Page page = work.page();
        int stops = turns.stops();
        try (InputStream plain = landings.open(page.path(), page.sha256())) {
            plain.transferTo(OutputStream.nullOutputStream());
        }
        CloseableIterator<Chunk> chunks = reader.chunks(
                landings.open(page.path(), page.sha256()),
                page.landed(),
                chunk.messages(),
                chunk.bytes().toBytes());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                close(chunks);
            }
        });
        return new Iterator<>() {
            private Chunk last;

            @Override
            public boolean hasNext() {
                return chunks.hasNext();
            }

            @Override
            public WorkChunk next() {
                if (last != null) {
                    close(last);
                }
                turns.check(stops, work);
                last = chunks.next();
                Notes.count("archiver.messages", last.elements().size());
                require(leases.keep(page), page);
                return new WorkChunk(work, last);
            }
        };
    }

    private static void close(Closeable files) {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean had, Page page) {
        if (!had) {
            throw new PageWaitsException("Page " + page.reference()
                    + " is in another archiver's work, since this one was not heard of for too long");
        }
    }

    /**
     * Every item of the page has an outcome.
     *
     * @throws PageWaitsException if another archiver has it by now, which may just be sending what is in it
     */
    public void done(@Body PageWork work) {
        require(!leases.isShared() || leases.keep(work.page()), work.page());
        donePages.done(work);
        nextTries.ended();
        finish(work.run().id());
    }

    /** Ends the runs that waited for outcomes only. */
    public void finishRuns() {
        reports.addUp();
        reports.unfinished().forEach(this::finish);
    }

    private void finish(String run) {
        reports.finish(run).ifPresent(RunLog::ended);
    }
}
