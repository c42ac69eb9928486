package org.chatarchiver.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Routes that somebody, or an error, has stopped or suspended while what passes them waits: not those that are not to start by themselves.
 * Told until they run again. Safe for many threads.
 */
@Component
public class StoppedRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedRoutes.class);

    private final Alarms alarms;
    private final Clock clock;
    private volatile List<Stopped> all = List.of();

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

    /** In the order of their ids, as of the last look. */
    public List<Stopped> all() {
        return all;
    }

    /** @param now id and status of each route that does not run */
    void are(Map<String, ServiceStatus> now) {
        Map<String, Stopped> before = new TreeMap<>();
        all.forEach(stopped -> before.put(stopped.route(), stopped));
        all = new TreeMap<>(now)
                .entrySet().stream()
                        .map(route -> new Stopped(
                                route.getKey(),
                                route.getValue(),
                                before.containsKey(route.getKey())
                                        ? before.get(route.getKey()).since()
                                        : clock.instant()))
                        .toList();
        for (Stopped stopped : all) {
            if (before.remove(stopped.route()) == null) {
                LOG.warn("Not running: {}", stopped.sentence());
            }
            alarms.raise(AlertCause.ROUTE_STOPPED, stopped.route(), stopped.sentence());
        }
        for (String route : before.keySet()) {
            LOG.info("The route '{}' is no longer stopped", route);
            alarms.clear(AlertCause.ROUTE_STOPPED, route);
        }
    }
}
