package org.chatarchiver.routing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.landing.Staged;
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
import org.chatarchiver.telemessage.Window;
import org.chatarchiver.telemessage.Windows;
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
    private final Landings landings;
    private final Windows windows;
    private final ProducerTemplate routes;
    private final Clock clock;
    private final Set<String> polling = ConcurrentHashMap.newKeySet();

    Collecting(
            Connectors connectors,
            Runs runs,
            Pages pages,
            RunReports reports,
            Watermarks watermarks,
            Landings landings,
            TelemessageProperties feed,
            ProducerTemplate routes,
            Clock clock) {
        this.connectors = connectors;
        this.runs = runs;
        this.pages = pages;
        this.reports = reports;
        this.watermarks = watermarks;
        this.landings = landings;
        this.windows = new Windows(feed.settle(), feed.overlap(), feed.retention());
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
        List<Window> wanted = backfill ? Window.cut(from, to) : due(connectorId);
        Optional<Poll> poll = open(connector.get(), backfill ? Run.Cause.BACKFILL : Run.Cause.MANUAL, dry, wanted);
        if (poll.isEmpty()) {
            return new Started.Busy("A run of '" + connectorId + "' is polling; wait for it to end");
        }
        routes.asyncSendBody("direct:collect-run", poll.get());
        return new Started.Running(poll.get().run());
    }

    /** Opens the scheduled run; null where another run polls already. */
    public Poll scheduled(Connector connector) {
        Instant now = clock.instant();
        Optional<Poll> poll = open(connector, Run.Cause.SCHEDULE, false, due(connector.id()));
        if (poll.isPresent()) {
            watermarks.scheduled(connector.id(), now);
        } else {
            LOG.info("The schedule of {} is left out this time: a run is polling", connector.id());
        }
        return poll.orElse(null);
    }

    private List<Window> due(String connector) {
        Instant now = clock.instant();
        Optional<Instant> watermark = watermarks.of(connector);
        List<Window> next = windows.next(watermark.orElse(null), now);
        if (next.isEmpty()) {
            Instant end = watermark.orElse(now);
            Duration again = windows.overlap().isZero() ? windows.settle() : windows.overlap();
            return List.of(new Window(end.minus(again.isZero() ? Duration.ofMinutes(1) : again), end));
        }
        return next;
    }

    private Optional<Poll> open(Connector connector, Run.Cause cause, boolean dry, List<Window> wanted) {
        Window first = wanted.get(0);
        return runs.open(connector.id(), cause, dry, first.from(), first.to()).map(run -> {
            polling.add(run.id());
            if (run.movesWatermark()) {
                watermarks.begin(connector.id(), run.from());
            }
            LOG.info(
                    "Run {} of {} asks for [{}, {}){}",
                    run.id(),
                    connector.id(),
                    first.from(),
                    first.to(),
                    dry ? ", dry" : "");
            return Poll.start(connector, run, wanted.subList(1, wanted.size()));
        });
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
        return page;
    }

    /** The next page, or the next window's first page in a run of its own, or the end. */
    public Poll next(@Variable(Variables.POLL) Poll poll) throws IOException {
        Poll turned = poll.turned();
        if (turned.open()) {
            return turned;
        }
        close(turned);
        if (turned.later().isEmpty()) {
            return turned.ended();
        }
        return open(turned.connector(), turned.run().cause(), turned.run().dry(), turned.later())
                .orElseGet(turned::ended);
    }

    private void close(Poll poll) throws IOException {
        Run run = poll.run();
        LandingPath folder = LandingPath.of(run.connector(), run.started(), run.id());
        landings.land(
                folder,
                new Manifest(
                        run.connector(),
                        run.id(),
                        run.from(),
                        run.to(),
                        run.started(),
                        clock.instant(),
                        poll.totalCount() == null ? -1 : poll.totalCount(),
                        pages.of(run.id()).stream()
                                .map(page ->
                                        new Manifest.Page(page.path(), page.sha256(), page.size(), page.messages()))
                                .toList(),
                        landings.attachments(folder)));
        runs.landed(run.id(), poll.totalCount());
        polling.remove(run.id());
        if (poll.totalCount() == null || poll.totalCount() == poll.elements()) {
            reports.reach(run);
        }
    }

    /** The cursor is too old: starts the window again, a few times. */
    public Poll restart(@Variable(Variables.POLL) Poll poll) {
        LOG.warn(
                "Run {}: the feed's cursor is too old, the window is started again",
                poll.run().id());
        return poll.restarted();
    }

    /** Whether the page just landed names attachments by href. */
    public boolean hasAttachments(@Variable(Variables.POLL) Poll poll) {
        return poll.summary().attachmentsByHref();
    }

    /** Nothing more is fetched. */
    public Poll ended(@Variable(Variables.POLL) Poll poll) {
        return poll.ended();
    }

    /** The poll has ended by an error. */
    void fail(Poll poll, Reason reason, String sentence) {
        polling.remove(poll.run().id());
        runs.failed(poll.run().id(), reason, sentence);
    }

    /** Keeps the leases of the runs that poll here. */
    public void renewLeases() {
        polling.forEach(runs::renew);
    }
}
