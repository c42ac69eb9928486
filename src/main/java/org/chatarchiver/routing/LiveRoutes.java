package org.chatarchiver.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces what runs by what is to run: what is the same in both is not touched. Where that fails half-way, what ran before is put back.
 * For one thread.
 */
final class LiveRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    /** Together with noticing and checking an edit, half a minute. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(12);

    private static final Duration LONGEST_WAY_BACK = Duration.ofSeconds(5);

    private final RunningRoutes routes;
    private final ConnectorSetUp setUp;
    private List<RouteFile> inForce = List.of();
    private RouteUnits units = RouteUnits.of(List.of());
    private Map<String, Connector> connectors = Map.of();
    /** What may be half-way there, after a failure behind which what was before could not be put back either. */
    private final Set<Unit> broken = new HashSet<>();

    LiveRoutes(RunningRoutes routes, ConnectorSetUp setUp) {
        this.routes = routes;
        this.setUp = setUp;
    }

    /** What the start has loaded. */
    void begin(Judgement judged) {
        inForce = judged.inForce();
        units = RouteUnits.of(inForce);
        connectors = judged.connectors();
    }

    List<RouteFile> inForce() {
        return inForce;
    }

    /** Whether it is to be tried again although no file has changed. */
    boolean isBroken() {
        return !broken.isEmpty();
    }

    private boolean isBroken(Unit unit) {
        return broken.stream().anyMatch(other -> other.key().equals(unit.key()));
    }

    /** @return why it failed, so that what ran before goes on; empty where it did not */
    List<Problem> replace(Judgement judged) {
        RouteUnits next = RouteUnits.of(judged.inForce());
        List<Unit> gone = new ArrayList<>(units.changedFrom(next));
        List<Unit> come = new ArrayList<>(next.changedFrom(units));
        gone.addAll(broken);
        next.all().stream()
                .filter(unit -> isBroken(unit) && !come.contains(unit))
                .forEach(come::add);
        if (!gone.isEmpty() || !come.isEmpty()) {
            LOG.info("Route files have changed: out go {}, in come {}", names(gone), names(come));
        }
        try {
            setUp.set(judged.connectors(), judged.leftOut());
            routes.remove(gone, System.nanoTime() + LONGEST_STOP.toNanos());
            routes.add(come);
            broken.clear();
        } catch (Exception e) {
            LOG.error("The changed routes cannot be put into force, so those before are put back", e);
            putBack(gone, come, judged);
            return List.of(new Problem(
                    "",
                    0,
                    "the files cannot be put into force: " + Printable.of(String.valueOf(e.getMessage()))
                            + "; what ran before runs on"));
        }
        List<Connector> changed = judged.connectors().values().stream()
                .filter(connector -> come.stream()
                        .anyMatch(unit -> unit.kind() == RouteElement.Kind.CONNECTOR
                                && unit.id().equals(connector.id())))
                .toList();
        inForce = judged.inForce();
        units = next;
        connectors = judged.connectors();
        setUp.owed(changed);
        return List.of();
    }

    private void putBack(List<Unit> gone, List<Unit> come, Judgement judged) {
        try {
            List<Unit> before = units.all().stream()
                    .filter(unit -> gone.contains(unit) || isBroken(unit))
                    .toList();
            List<Unit> all = new ArrayList<>(gone);
            all.addAll(come);
            routes.remove(all, System.nanoTime() + LONGEST_WAY_BACK.toNanos());
            setUp.set(connectors, judged.leftOut());
            routes.add(before);
            broken.clear();
        } catch (Exception e) {
            LOG.error("What ran before cannot be put back either, which is tried again", e);
            broken.addAll(gone);
            broken.addAll(come);
        }
    }

    private static Set<String> names(List<Unit> units) {
        return units.stream().map(Unit::key).collect(Collectors.toCollection(TreeSet::new));
    }
}
