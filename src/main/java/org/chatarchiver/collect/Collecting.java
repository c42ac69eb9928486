package org.chatarchiver.collect;

import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens runs, records their pages, and does with them what administrators wish. */
@Component("collecting")
public class Collecting {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);
    private static final Duration LONGEST_BACKFILL = Duration.ofDays(366);

    private final Connectors connectors;
    private final Runs runs;
    private final Pages pages;
    private final RunReports reports;
    private final Watermarks watermarks;
    private final DueWindows due;
    private final RunOpenings openings;
    private final Polls polls;
    private final Leases leases;
    private final int maxPages;
    private final int maxEmptyPages;
    private final ProducerTemplate routes;
    private final Clock clock;

    Collecting(
            Connectors connectors,
            Runs runs,
            Pages pages,
            RunReports reports,
            Watermarks watermarks,
            DueWindows due,
            RunOpenings openings,
            Polls polls,
            Leases leases,
            TelemessageProperties feed,
            ProducerTemplate routes,
            Clock clock) {
        this.connectors = connectors;
        this.runs = runs;
        this.pages = pages;
        this.reports = reports;
        this.watermarks = watermarks;
        this.due = due;
        this.openings = openings;
        this.polls = polls;
        this.leases = leases;
        this.maxPages = feed.maxPages();
        this.maxEmptyPages = feed.maxEmptyPages();
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * Starts a run and returns at once. Without a window it starts at the watermark, as a scheduled one does; with one it is a back-fill.
     *
     * @param from null together with {@code to} for none
     */
    public Started start(String connectorId, boolean dry, Instant from, Instant to) {
        Optional<Connector> connector = connectors.find(connectorId);
        if (connector.isEmpty()) {
            return new Started.UnknownConnector(
                    "There is no connector '" + connectorId + "'; GET /api/connectors lists them");
        }
        boolean backfill = from != null || to != null;
        if (backfill && (from == null || to == null || !from.isBefore(to) || to.isAfter(clock.instant()))) {
            return new Started.Refused("'from' and 'to' go together, 'from' before 'to', and 'to' not in the future");
        }
        if (backfill && Duration.between(from, to).compareTo(LONGEST_BACKFILL) > 0) {
            return new Started.Refused(
                    "The window is longer than " + LONGEST_BACKFILL.toDays() + " days; ask for it in parts");
        }
        if (backfill && from.isBefore(due.kept())) {
            return new Started.Refused("'from' lies before " + due.kept().truncatedTo(ChronoUnit.SECONDS)
                    + ", and the feed keeps messages no longer than that (archiver.telemessage.retention):"
                    + " what is missing there could not be told from what never was");
        }
        WindowQueue windowQueue = backfill
                ? new WindowQueue(DueWindows.backfill(from, to), null, 0)
                : due.of(connectorId, Run.Cause.MANUAL, dry);
        Optional<CollectionState> poll = runs.open(windowQueue.first().opening(connectorId, dry))
                .map(run -> openings.opened(connector.get(), run, windowQueue.rest()));
        if (poll.isEmpty()) {
            return new Started.Busy("A run of '" + connectorId + "' is polling; wait for it to end");
        }
        routes.asyncSendBody("direct:collect-run", poll.get());
        return new Started.Running(poll.get().run());
    }

    /**
     * Opens the scheduled run; null where another run polls already, or another archiver has seen to this time.
     *
     * @param fired the time that the schedule names
     */
    public CollectionState scheduled(Connector connector, Instant fired) {
        if (MissedSchedules.seenTo(watermarks.lastScheduled(connector.id()), fired)) {
            LOG.info("The schedule of {} has been seen to already", connector.id());
            return null;
        }
        Instant now = clock.instant();
        WindowQueue windowQueue = due.of(connector.id(), Run.Cause.SCHEDULE, false);
        Optional<Run> run = runs.open(windowQueue.first().opening(connector.id(), false));
        if (run.isEmpty()) {
            LOG.info("The schedule of {} is left out this time: a run is polling", connector.id());
            return null;
        }
        watermarks.scheduled(connector.id(), now);
        return openings.opened(connector, run.get(), windowQueue.rest());
    }

    /** Keeps what a page says of itself before its bytes are landed. */
    public CollectionState summarized(@Body Staged<PageSummary> staged, @Variable(CollectVariables.POLL) CollectionState poll) {
        return poll.summarized(staged.value());
    }

    /** Records the landed page. */
    public Page landed(@Body Landed landed, @Variable(CollectVariables.FETCHED) CollectionState poll) throws FeedRefusedException {
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

    /** The feed's clock is not as expected: chooses the windows again, before anything has landed. */
    public CollectionState rechoose(@Variable(CollectVariables.POLL) CollectionState poll) {
        Run run = poll.run();
        leases.leave(run.id());
        watermarks.forget(run.connector(), run.from());
        WindowQueue windowQueue = due.of(run.connector(), run.cause(), run.dry());
        PendingWindow now = windowQueue.windows().stream()
                .filter(wanted -> wanted.isOf(run))
                .findFirst()
                .orElseGet(windowQueue::first);
        Run moved = runs.move(run, now.window().from(), now.window().to());
        return openings.opened(poll.connector(), moved, windowQueue.without(now));
    }

    /** Takes the window of an INCOMPLETE run as it is. */
    public Acceptance accept(String run, String administrator) {
        return reports.accept(run, administrator, due.kept());
    }

    /** Ends a run that polls, wherever it does; what it has landed is archived all the same. */
    public Cancellation cancel(String id, String administrator) {
        Optional<Run> run = runs.find(id);
        if (run.isEmpty()) {
            return new Cancellation.UnknownRun();
        }
        if (!polls.cancel(id, administrator)) {
            Run ended = runs.find(id).orElseThrow();
            return new Cancellation.Refused(
                    ended.state() == Run.State.RUNNING
                            ? "Everything of the run has landed and is being delivered; only a poll can be cancelled"
                            : "The run is " + ended.state() + "; only one that polls can be cancelled");
        }
        LOG.info("Run {} is cancelled by {}", id, Printable.of(administrator));
        leases.stop(id);
        return new Cancellation.Done(reports.of(id).orElseThrow());
    }

    /** Whether the page just landed names attachments by href. */
    public boolean hasAttachments(@Variable(CollectVariables.FETCHED) CollectionState poll) {
        return poll.summary().attachmentsByHref();
    }
}
