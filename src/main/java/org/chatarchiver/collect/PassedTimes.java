package org.chatarchiver.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Watermarks;
import org.springframework.stereotype.Component;

/**
 * Finds scheduled times that passed unused although an archiver was there: the ledger was out, the machine was asleep, or the trigger fired
 * at an archiver that died of it or lacks the connector. Quartz lets such a time go by; {@link MissedSchedules} makes up for it.
 */
@Component("passedTimes")
public class PassedTimes {
    /** A time that Quartz is late with, by the clock of another archiver. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final Connectors connectors;
    private final Watermarks watermarks;
    private final MissedSchedules missed;
    private final CamelContext camel;
    private final Clock clock;

    PassedTimes(Connectors connectors, Watermarks watermarks, MissedSchedules missed, CamelContext camel, Clock clock) {
        this.connectors = connectors;
        this.watermarks = watermarks;
        this.missed = missed;
        this.camel = camel;
        this.clock = clock;
    }

    /** A time that was left out since a run polled is none; nor is one of a connector whose route was stopped, or whose file has just changed. */
    public void look() {
        Instant late = clock.instant().minus(LATE);
        for (Watermarks.Counted counted : watermarks.counted()) {
            connectors
                    .find(counted.connector())
                    .filter(connector -> connector.schedule().equals(counted.schedule()) && runs(connector))
                    .filter(connector -> MissedSchedules.missed(connector.schedule(), counted.last(), late))
                    .filter(connector -> watermarks
                            .lastPolled(connector.id())
                            .filter(polled -> !MissedSchedules.missed(connector.schedule(), polled, late))
                            .isEmpty())
                    .ifPresent(missed::makeUp);
        }
    }

    private boolean runs(Connector connector) {
        return camel.getRouteController().getRouteStatus(connector.id()) == ServiceStatus.Started;
    }
}
