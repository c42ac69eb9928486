package org.chatarchiver.collect;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.springframework.stereotype.Component;

/**
 * Holds the trigger of a connector that is paused, and removes that of one which is gone. Camel leaves what several archivers share alone
 * when a route stops, as that may be a stop of this one. What fires before it is held opens no run all the same.
 */
@Component("connectorTriggers")
public class ConnectorTriggers {
    /** As the route's template has it. */
    private static final String GROUP = "connectors";

    private final Connectors connectors;
    private final ConnectorPauses pauses;
    private final CamelContext camel;
    private Set<String> before = Set.of();

    ConnectorTriggers(Connectors connectors, ConnectorPauses pauses, CamelContext camel) {
        this.connectors = connectors;
        this.pauses = pauses;
        this.camel = camel;
    }

    /** Looks at all; the database's failure is the caller's, who looks again later. */
    public synchronized void keep() throws SchedulerException {
        QuartzComponent quartz = (QuartzComponent) camel.hasComponent("quartz");
        if (quartz == null || quartz.getScheduler() == null) {
            return;
        }
        Set<String> now = connectors.all().stream().map(Connector::id).collect(Collectors.toSet());
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now);
        for (String connector : gone) {
            quartz.getScheduler().unscheduleJob(key(connector));
        }
        for (String connector : now) {
            hold(quartz.getScheduler(), key(connector), pauses.of(connector).isPresent());
        }
        before = now;
    }

    private static void hold(Scheduler scheduler, TriggerKey trigger, boolean paused) throws SchedulerException {
        TriggerState state = scheduler.getTriggerState(trigger);
        boolean held = state == TriggerState.PAUSED;
        if (paused && !held && state != TriggerState.NONE) {
            scheduler.pauseTrigger(trigger);
        } else if (held && !paused) {
            scheduler.resumeTrigger(trigger);
        }
    }

    private static TriggerKey key(String connector) {
        return new TriggerKey(connector, GROUP);
    }
}
