package org.chatarchiver.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.archive.Stoppages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Routes that somebody, or an error, has stopped or suspended while what passes them waits: not those that are not to start by themselves.
 * Told once two looks in a row have found them so, until they run again. Safe for many threads.
 */
@Component
public class StoppedRoutes implements Stoppages {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedRoutes.class);

    private final Alarms alarms;
    private final Clock clock;
    private volatile List<Stopped> all = List.of();
    /** Of the look before: who is just being stopped to be started again is not told. */
    private Map<String, Instant> seen = Map.of();

    StoppedRoutes(Alarms alarms, MeterRegistry metrics, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
        Gauge.builder("archiver.routes.stopped", this, stopped -> stopped.all.size())
                .description("Routes that are to run and do not")
                .register(metrics);
    }

    /** @param since when it was first seen so */
    public record Stopped(String route, ServiceStatus status, Instant since) {
        /** What is so, and what helps. */
        public String sentence() {
            return "the route '" + route + "' is " + status + ", seen since " + since
                    + ", and what is to pass it waits; start it in Hawtio, or restart the archiver";
        }
    }

    /** In the order of their ids, as of the last two looks. */
    public List<Stopped> all() {
        return all;
    }

    @Override
    public Map<String, String> now() {
        return all.stream().collect(Collectors.toMap(Stopped::route, Stopped::sentence));
    }

    /** @param now id and status of each route that does not run */
    synchronized void are(Map<String, ServiceStatus> now) {
        Set<String> before = new TreeSet<>();
        all.forEach(stopped -> before.add(stopped.route()));
        Map<String, Instant> last = seen;
        seen = new TreeMap<>();
        now.keySet().forEach(route -> seen.put(route, last.getOrDefault(route, clock.instant())));
        all = seen.entrySet().stream()
                .filter(route -> last.containsKey(route.getKey()))
                .map(route -> new Stopped(route.getKey(), now.get(route.getKey()), route.getValue()))
                .toList();
        for (Stopped stopped : all) {
            if (!before.remove(stopped.route())) {
                LOG.warn("Not running: {}", stopped.sentence());
            }
            alarms.raise(AlertCause.ROUTE_STOPPED, stopped.route(), stopped.sentence());
        }
        for (String route : before) {
            LOG.info("The route '{}' is no longer stopped", route);
            alarms.clear(AlertCause.ROUTE_STOPPED, route);
        }
    }
}
