package org.chatarchiver.collect;

import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.KnownConnectors;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds the trigger of a connector that is paused, and removes that of one which is gone: since the last look, or at the first one, since
 * before the start. Camel leaves what several archivers share alone when a route stops, as that may be a stop of this one. What another
 * archiver has removed comes back while this one has the connector. What fires before it is held opens no run all the same.
 */
@Component("connectorTriggers")
public class ConnectorTriggers {
    /** As the route's template has it. */
    private static final String GROUP = "connectors";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorTriggers.class);

    private final Connectors connectors;
    private final ConnectorPauses pauses;
    private final KnownConnectors known;
    private final CamelContext camel;
    /** Null before the first look. */
    private Set<String> before;

    ConnectorTriggers(Connectors connectors, ConnectorPauses pauses, KnownConnectors known, CamelContext camel) {
        this.connectors = connectors;
        this.pauses = pauses;
        this.known = known;
        this.camel = camel;
    }

    /** Looks at all; the database's failure is the caller's, who looks again later. */
    public synchronized void keep() throws SchedulerException {
        QuartzComponent quartz = (QuartzComponent) camel.hasComponent("quartz");
        if (quartz == null || quartz.getScheduler() == null || !connectors.areLoaded()) {
            return;
        }
        Set<String> now = connectors.all().stream().map(Connector::id).collect(Collectors.toSet());
        Set<String> gone = before == null ? stored(quartz.getScheduler()) : new HashSet<>(before);
        gone.removeAll(now);
        for (String connector : gone) {
            quartz.getScheduler().unscheduleJob(key(connector));
        }
        for (Connector connector : connectors.all()) {
            TriggerKey trigger = key(connector.id());
            restore(quartz.getScheduler(), trigger, connector.id());
            repair(quartz.getScheduler(), trigger, connector);
            hold(quartz.getScheduler(), trigger, pauses.of(connector.id()).isPresent());
        }
        before = now;
    }

    /** Whose triggers there are, perhaps of connectors that were removed while no archiver ran. */
    private static Set<String> stored(Scheduler scheduler) throws SchedulerException {
        return scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP)).stream()
                .map(TriggerKey::getName)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * One that has lost the connector removes the trigger of all, as where files reach archivers one after another: who has it still brings
     * it back, as Camel would at the start of its route. With the embedded ledger nobody else removes it.
     */
    private void restore(Scheduler scheduler, TriggerKey key, String connector) throws SchedulerException {
        if (!scheduler.getMetaData().isJobStoreClustered() || scheduler.checkExists(key)) {
            return;
        }
        Route route = camel.getRoute(connector);
        if (route != null
                && route.getEndpoint() instanceof QuartzEndpoint quartz
                && camel.getRouteController().getRouteStatus(connector).isStarted()) {
            quartz.stop();
            quartz.start();
            LOG.info(
                    "The trigger of {} was gone, as one archiver has lost the connector, and is there again",
                    connector);
        }
    }

    /**
     * An archiver that had the trigger in its hand to fire it when another one changed the schedule puts back the one of old. The ledger
     * says which is the newer.
     */
    private void repair(Scheduler scheduler, TriggerKey key, Connector connector) throws SchedulerException {
        if (scheduler.getTrigger(key) instanceof CronTrigger trigger
                && !trigger.getCronExpression().equals(connector.schedule())
                && known.find(connector.id())
                        .filter(last -> last.schedule().equals(connector.schedule()))
                        .isPresent()) {
            scheduler.rescheduleJob(
                    key,
                    TriggerBuilder.newTrigger()
                            .withIdentity(key)
                            .withSchedule(CronScheduleBuilder.cronSchedule(connector.schedule())
                                    .inTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC))
                                    .withMisfireHandlingInstructionDoNothing())
                            .build());
        }
    }

    private static void hold(Scheduler scheduler, TriggerKey trigger, boolean paused) throws SchedulerException {
        TriggerState state = scheduler.getTriggerState(trigger);
        if (state == TriggerState.ERROR) {
            // Quartz gives up a trigger for all where one archiver is stopped in the moment in which it fires there.
            scheduler.resetTriggerFromErrorState(trigger);
            state = scheduler.getTriggerState(trigger);
        }
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
