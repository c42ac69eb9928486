package org.chatarchiver.collect;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Watermarks;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes up for a scheduled time that passed while the archiver was down, which Quartz forgets with the process, or while its connector was
 * paused. Once, however many there were, and however many archivers start. What cannot be made up for yet stands in the ledger, over
 * restarts and over changes of the schedule. A scheduled run that was cut short goes on by itself.
 */
@Component("missedSchedules")
public class MissedSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(MissedSchedules.class);
    private static final Duration SAME_FIRING = Duration.ofMinutes(10);

    private final Connectors connectors;
    private final Watermarks watermarks;
    private final ConnectorPauses pauses;
    private final RunStarts starts;
    private final PollHandover handover;
    private final Clock clock;

    MissedSchedules(
            Connectors connectors,
            Watermarks watermarks,
            ConnectorPauses pauses,
            RunStarts starts,
            PollHandover handover,
            Clock clock) {
        this.connectors = connectors;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.starts = starts;
        this.handover = handover;
        this.clock = clock;
    }

    /**
     * Starts one scheduled run if any was missed; of a paused connector once that is resumed. A connector that is new counts from now, and so
     * does a schedule by which nothing was missed.
     *
     * @param before what the connector was scheduled by until now; empty where that is not known
     */
    public void makeUp(Connector connector, Optional<String> before) {
        Instant now = clock.instant();
        String schedule = before.orElse(connector.schedule());
        Optional<Instant> last = watermarks.lastScheduled(connector.id());
        if (last.filter(run -> missed(schedule, run, now)).isPresent()) {
            watermarks.owe(connector.id(), last.get());
            makeUpOwed(connector);
        } else if (watermarks.owed().contains(connector.id())) {
            makeUpOwed(connector);
        } else if (last.isEmpty() || !schedule.equals(connector.schedule())) {
            watermarks.scheduled(connector.id(), now);
        }
    }

    /** Starts one scheduled run if any was missed by the schedule as it is. */
    public void makeUp(Connector connector) {
        makeUp(connector, Optional.empty());
    }

    /** Makes up for what could not be so far, since another run polled, or a killed archiver still had the lease. */
    public void makeUpOwed() {
        watermarks.owed().forEach(id -> connectors.find(id).ifPresent(this::makeUpOwed));
    }

    private void makeUpOwed(Connector connector) {
        if (pauses.of(connector.id()).isPresent()) {
            return;
        }
        CollectionState poll = starts.scheduled(connector, clock.instant());
        if (poll != null) {
            LOG.info("The schedule of {} is made up for: a time of it passed unused", connector.id());
            handover.begin(poll);
        }
    }

    /** Whether a run was started for this time already: by an archiver whose trigger came late, or by who made up for it. */
    static boolean seenTo(Optional<Instant> last, Instant fired) {
        return last.filter(run -> !run.isBefore(fired) && run.isBefore(fired.plus(SAME_FIRING)))
                .isPresent();
    }

    /** Whether a time of the schedule, a Quartz cron expression in UTC, lies after {@code last} and not after {@code now}. */
    static boolean missed(String schedule, Instant last, Instant now) {
        return next(schedule, last).filter(next -> !next.isAfter(now)).isPresent();
    }

    /** The first time of the schedule behind another; empty where there is none any more. */
    public static Optional<Instant> next(String schedule, Instant after) {
        try {
            CronExpression cron = new CronExpression(schedule);
            cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalArgumentException("No Quartz cron expression: " + schedule, e);
        }
    }
}
