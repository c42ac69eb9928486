package org.chatarchiver.collect;

import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What administrators wish for connectors: that nothing is collected for one until it is resumed. What has landed is delivered all the
 * same, with its attachments.
 */
@Component
public class ConnectorWishes {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWishes.class);

    private final ConnectorPauses pauses;
    private final Watermarks watermarks;
    private final DueWindows due;
    private final Leases leases;
    private final MissedSchedules missed;

    ConnectorWishes(
            ConnectorPauses pauses, Watermarks watermarks, DueWindows due, Leases leases, MissedSchedules missed) {
        this.pauses = pauses;
        this.watermarks = watermarks;
        this.due = due;
        this.leases = leases;
        this.missed = missed;
    }

    /** Nothing of the connector begins any more; a run in the air gives way behind its page. One that is paused already stays as it is. */
    public void pause(Connector connector, String administrator, String reason) {
        if (pauses.pause(connector.id(), administrator, reason)) {
            // Of one that has never run: else its first run, after the pause, would ask for the day before it only.
            watermarks.begin(connector.id(), due.beginning());
            leases.heedPauses();
            LOG.info("{} is paused by {}: {}", connector.id(), Printable.of(administrator), Printable.of(reason));
        }
    }

    /** An interrupted run goes on, and a time of the schedule that passed is made up for. Nothing where it is not paused. */
    public void resume(Connector connector, String administrator) {
        if (pauses.resume(connector.id(), administrator)) {
            LOG.info("{} is resumed by {}", connector.id(), Printable.of(administrator));
            missed.makeUp(connector);
        }
    }
}
