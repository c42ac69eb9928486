package org.chatarchiver.collect;

import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.observation.Notes;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a page that the feed has given: recorded once it has landed, within bounds for a run that would not end. */
@Component("collecting")
public class Collecting {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

    private final Pages pages;
    private final Leases leases;
    private final int maxPages;
    private final int maxEmptyPages;
    private final Announced announced;
    private final CollectMeters meters;
    private final Clock clock;

    Collecting(
            Pages pages,
            Leases leases,
            TelemessageProperties feed,
            Announced announced,
            CollectMeters meters,
            Clock clock) {
        this.pages = pages;
        this.leases = leases;
        this.maxPages = feed.maxPages();
        this.maxEmptyPages = feed.maxEmptyPages();
        this.announced = announced;
        this.meters = meters;
        this.clock = clock;
    }

    /** Keeps what a page says of itself before its bytes are landed. */
    public CollectionState summarized(
            @Body Staged<PageSummary> staged, @Variable(CollectVariables.POLL) CollectionState poll) {
        return poll.summarized(staged.value());
    }

    /** Records the landed page. */
    public Page landed(@Body Landed landed, @Variable(CollectVariables.FETCHED) CollectionState poll)
            throws FeedRefusedException {
        Page page = new Page(
                poll.run().id(),
                poll.page(),
                landed.path(),
                landed.sha256(),
                landed.size(),
                poll.summary().messages(),
                clock.instant());
        // First, so that nothing is recorded behind the back of a process that has taken the run up: it would be in the
        // way of its pages.
        if (!leases.keeps(poll.run().id())) {
            throw new FeedRefusedException(
                    Reason.RUN_INTERRUPTED, "The run was cancelled, or another archiver goes on with it");
        }
        pages.landed(page);
        Notes.count("archiver.messages", page.messages());
        Notes.count("archiver.bytes", page.size());
        meters.landed(poll.connector().id(), page.messages());
        announced.says(poll.run().id(), poll.totalCount());
        if (poll.cursorRepeats()) {
            throw new FeedRefusedException(
                    Reason.CURSOR_REPEATED,
                    "The feed gave a cursor a second time on page " + poll.page() + ": ask TeleMessage about it");
        }
        if (poll.summary().nextCursor() != null && poll.page() >= maxPages) {
            throw new FeedRefusedException(
                    Reason.TOO_MANY_PAGES,
                    "The feed has more than " + maxPages
                            + " pages for one window: ask TeleMessage about it, or raise archiver.telemessage.max-pages");
        }
        if (poll.summary().nextCursor() != null && poll.empty() >= maxEmptyPages) {
            throw new FeedRefusedException(
                    Reason.TOO_MANY_PAGES,
                    "The feed gave " + poll.empty()
                            + " pages in a row without a message and has yet another: ask TeleMessage about it, or raise archiver.telemessage.max-empty-pages");
        }
        return page;
    }

    /** The cursor is too old: starts the window again, a few times. */
    public CollectionState restart(@Variable(CollectVariables.POLL) CollectionState poll) {
        LOG.warn(
                "Run {}: the feed's cursor is too old, the window is started again",
                poll.run().id());
        return poll.restarted();
    }

    /** Whether the page just landed names attachments by href. */
    public boolean hasAttachments(@Variable(CollectVariables.FETCHED) CollectionState poll) {
        return poll.summary().attachmentsByHref();
    }
}
