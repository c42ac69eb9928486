package org.chatarchiver.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.camel.Variable;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens runs: those that an administrator or a schedule asks for. */
@Component("runStarts")
public class RunStarts {
    private static final Logger LOG = LoggerFactory.getLogger(RunStarts.class);
    private static final Duration LONGEST_BACKFILL = Duration.ofDays(366);

    private final Connectors connectors;
    private final Runs runs;
    private final ConnectorPauses pauses;
    private final Watermarks watermarks;
    private final DueWindows due;
    private final RunOpenings openings;
    private final Leases leases;
    private final PollHandover handover;
    private final Clock clock;

    RunStarts(
            Connectors connectors,
            Runs runs,
            ConnectorPauses pauses,
            Watermarks watermarks,
            DueWindows due,
            RunOpenings openings,
            Leases leases,
            PollHandover handover,
            Clock clock) {
        this.connectors = connectors;
        this.runs = runs;
        this.pauses = pauses;
        this.watermarks = watermarks;
        this.due = due;
        this.openings = openings;
        this.leases = leases;
        this.handover = handover;
        this.clock = clock;
    }

    /**
     * Starts a run and returns at once. Without a window it starts at the watermark, as a scheduled one does; with one it is a back-fill.
     *
     * @param from null together with {@code to} for none
     * @param administrator who asks for it
     */
    public Started start(String connectorId, boolean dry, Instant from, Instant to, String administrator) {
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
        Optional<CollectionState> poll = runs.open(
                        windowQueue.first().opening(connector.get(), dry).by(administrator))
                .map(run -> openings.opened(connector.get(), run, windowQueue.rest()));
        if (poll.isEmpty()) {
            Optional<String> paused = pauses.of(connectorId)
                    .map(pause -> "Nothing is collected for '" + connectorId + "': it is " + pause.words()
                            + "; POST /api/connectors/" + connectorId + "/resume first");
            if (paused.isPresent()) {
                return new Started.Paused(paused.get());
            }
            return new Started.Busy("A run of '" + connectorId + "' is polling; wait for it to end");
        }
        handover.begin(poll.get());
        return new Started.Running(poll.get().run());
    }

    /**
     * Opens the scheduled run; null where another run polls already, another archiver has seen to this time, or the connector is paused.
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
        Optional<Run> run = runs.open(windowQueue.first().opening(connector, false));
        if (run.isEmpty()) {
            LOG.info(
                    "The schedule of {} is left out this time: {}",
                    connector.id(),
                    pauses.of(connector.id())
                            .map(pause -> "it is " + pause.words())
                            .orElse("a run is polling"));
            return null;
        }
        watermarks.scheduled(connector.id(), now);
        return openings.opened(connector, run.get(), windowQueue.rest());
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
}
