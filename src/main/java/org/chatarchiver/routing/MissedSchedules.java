package org.chatarchiver.routing;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.camel.ProducerTemplate;
import org.chatarchiver.ledger.Watermarks;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes up, at start, for a scheduled time that passed while the archiver was down: Quartz forgets it with the process. */
@Component
class MissedSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(MissedSchedules.class);

    private final Watermarks watermarks;
    private final Collecting collecting;
    private final ProducerTemplate routes;
    private final Clock clock;

    MissedSchedules(Watermarks watermarks, Collecting collecting, ProducerTemplate routes, Clock clock) {
        this.watermarks = watermarks;
        this.collecting = collecting;
        this.routes = routes;
        this.clock = clock;
    }

    /** Starts one scheduled run if any was missed, however many there were. A connector that is new counts from now. */
    void makeUp(Connector connector) {
        Optional<Instant> last = watermarks.lastScheduled(connector.id());
        if (last.isEmpty()) {
            watermarks.scheduled(connector.id(), clock.instant());
        } else if (missed(connector.schedule(), last.get(), clock.instant())) {
            LOG.info("The schedule of {} is made up for: a time after {} passed unused", connector.id(), last.get());
            Poll poll = collecting.scheduled(connector);
            if (poll != null) {
                routes.asyncSendBody("direct:collect-run", poll);
            }
        }
    }

    /** Whether a time of the schedule, a Quartz cron expression in UTC, lies after {@code last} and not after {@code now}. */
    static boolean missed(String schedule, Instant last, Instant now) {
        try {
            CronExpression cron = new CronExpression(schedule);
            cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            Date next = cron.getNextValidTimeAfter(Date.from(last));
            return next != null && !next.toInstant().isAfter(now);
        } catch (ParseException e) {
            throw new IllegalArgumentException("No Quartz cron expression: " + schedule, e);
        }
    }
}
