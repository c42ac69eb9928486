package org.chatarchiver.routing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.ledger.Acceptance;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Opening;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.PageSummary;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the collect routes do with runs: opens them, turns their pages, closes them. */
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
    private final Leases leases;
    private final Manifests manifests;
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
            Leases leases,
            Manifests manifests,
            TelemessageProperties feed,
            ProducerTemplate routes,
            Clock clock) {
        this.connectors = connectors;
        this.runs = runs;
        this.pages = pages;
        this.reports = reports;
        this.watermarks = watermarks;
        this.due = due;
        this.leases = leases;
        this.manifests = manifests;
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
        Agenda agenda = backfill
                ? new Agenda(DueWindows.backfill(from, to), null, 0)
                : due.of(connectorId, Run.Cause.MANUAL, dry);
        Optional<Poll> poll = runs.open(agenda.first().opening(connectorId, dry))
                .map(run -> opened(connector.get(), run, agenda.rest()));
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
    public Poll scheduled(Connector connector, Instant fired) {
        if (MissedSchedules.seenTo(watermarks.lastScheduled(connector.id()), fired)) {
            LOG.info("The schedule of {} has been seen to already", connector.id());
            return null;
        }
        Instant now = clock.instant();
        Agenda agenda = due.of(connector.id(), Run.Cause.SCHEDULE, false);
        Optional<Run> run = runs.open(agenda.first().opening(connector.id(), false));
        if (run.isEmpty()) {
            LOG.info("The schedule of {} is left out this time: a run is polling", connector.id());
            return null;
        }
        watermarks.scheduled(connector.id(), now);
        return opened(connector, run.get(), agenda.rest());
    }

    private Poll opened(Connector connector, Run run, Agenda behind) {
        leases.hold(run.id());
        if (run.movesWatermark()) {
            watermarks.begin(connector.id(), run.from());
        }
        LOG.info(
                "Run {} of {} asks for [{}, {}){}{}",
                run.id(),
                connector.id(),
                run.from(),
                run.to(),
                run.attempt() > 1 ? ", time " + run.attempt() : "",
                run.dry() ? ", dry" : "");
        return Poll.start(connector, run, behind);
    }

    /** Keeps what a page says of itself before its bytes are landed. */
    public Poll summarized(@Body Staged<PageSummary> staged, @Variable(Variables.POLL) Poll poll) {
        return poll.summarized(staged.value());
    }

    /** Records the landed page. */
    public Page landed(@Body Landed landed, @Variable(Variables.POLL) Poll poll) throws FeedRefusedException {
        Page page = new Page(
                poll.run().id(),
                poll.page(),
                landed.path(),
                landed.sha256(),
                landed.size(),
                poll.summary().messages(),
                clock.instant());
        pages.landed(page);
        if (!runs.renew(poll.run().id())) {
            throw new FeedRefusedException(
                    Reason.RUN_INTERRUPTED, "Another run has taken over, since this one was not heard of for too long");
        }
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

    /** The next page, or the next window's first page in a run of its own, or the end. */
    public Poll next(@Variable(Variables.POLL) Poll poll) throws IOException {
        Poll turned = poll.turned();
        if (turned.open()) {
            return turned;
        }
        manifests.land(turned);
        Run run = turned.run();
        Agenda agenda = turned.agenda().landed();
        leases.leave(run.id());
        Optional<Run> next = Optional.empty();
        if (agenda.isEmpty()) {
            runs.landed(run.id(), turned.totalCount());
        } else {
            next = runs.landed(run.id(), turned.totalCount(), opening(turned, agenda));
        }
        if (turned.whole()) {
            reports.reach(run);
        }
        return next.map(opened -> opened(turned.connector(), opened, agenda.rest()))
                .orElseGet(turned::ended);
    }

    /** The poll has ended by an error: the run ends FAILED, and the windows behind it are asked for if that makes sense. */
    public Poll ended(@Body Failure failure, @Variable(Variables.POLL) Poll poll) {
        Run run = poll.run();
        Agenda agenda = poll.agenda().failed(failure.reason(), run.cause());
        leases.leave(run.id());
        if (agenda.isEmpty()) {
            runs.failed(run.id(), failure.reason(), failure.detail());
            return poll.ended();
        }
        return runs.failed(run.id(), failure.reason(), failure.detail(), opening(poll, agenda))
                .map(opened -> opened(poll.connector(), opened, agenda.rest()))
                .orElseGet(poll::ended);
    }

    private static Opening opening(Poll poll, Agenda agenda) {
        return agenda.first().opening(poll.connector().id(), poll.run().dry());
    }

    /** The cursor is too old: starts the window again, a few times. */
    public Poll restart(@Variable(Variables.POLL) Poll poll) {
        LOG.warn(
                "Run {}: the feed's cursor is too old, the window is started again",
                poll.run().id());
        return poll.restarted();
    }

    /** The feed's clock is not as expected: chooses the windows again, before anything has landed. */
    public Poll rechoose(@Variable(Variables.POLL) Poll poll) {
        Run run = poll.run();
        watermarks.forget(run.connector(), run.from());
        Agenda agenda = due.of(run.connector(), run.cause(), run.dry());
        Wanted now = agenda.windows().stream()
                .filter(wanted -> wanted.isOf(run))
                .findFirst()
                .orElseGet(agenda::first);
        Run moved = runs.move(run, now.window().from(), now.window().to());
        return opened(poll.connector(), moved, agenda.without(now));
    }

    /** Takes the window of an INCOMPLETE run as it is. */
    public Acceptance accept(String run, String administrator) {
        return reports.accept(run, administrator, due.kept());
    }

    /** Whether the page just landed names attachments by href. */
    public boolean hasAttachments(@Variable(Variables.POLL) Poll poll) {
        return poll.summary().attachmentsByHref();
    }
}
