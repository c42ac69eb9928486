package org.chatarchiver.archive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.QueuedPages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of pages whose references the broker has given out too often, each time for an error that nobody has foreseen. */
@Component("deadPages")
public class DeadPages {
    private static final Logger LOG = LoggerFactory.getLogger(DeadPages.class);

    /** Long enough for an entry to be looked at, and short enough for what has mended itself, as after a database's outage. */
    private static final Duration LEFT_ALONE = Duration.ofHours(1);

    private final Pages pages;
    private final Runs runs;
    private final QueuedPages queued;

    DeadPages(Pages pages, Runs runs, QueuedPages queued) {
        this.pages = pages;
        this.runs = runs;
        this.queued = queued;
    }

    /** The page's failure, for its channel; none where there is nothing to do in the page any more, or no such page. */
    public List<Failure> failures(@Body String reference) {
        Optional<Page> page = pages.find(reference);
        if (page.isEmpty()) {
            LOG.warn(
                    "The dead-letter queue gave {}, which is no page that the ledger knows; it is let pass",
                    Printable.quoted(reference));
            return List.of();
        }
        if (pages.state(page.get()).isEmpty()) {
            return List.of();
        }
        queued.putOff(reference, LEFT_ALONE);
        Run run = runs.find(page.get().run()).orElseThrow();
        return run.dry()
                ? List.of()
                : List.of(Failure.ofPage(
                        run.connector(),
                        page.get(),
                        "Page " + reference
                                + " could not be archived, as often as the broker has tried: the log of the archivers has the error, at"
                                + " \"Failed delivery\". It is tried again every hour, and when this is requeued."));
    }
}
