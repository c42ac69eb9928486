package org.chatarchiver.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteElement.Kind;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.chatarchiver.routing.RunningRoutes.NotStarted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces what runs by what is to run: what is the same in both is not touched. Where that fails half-way, what ran before is put back; a
 * connector that cannot be started concerns itself alone. For one thread.
 */
final class LiveRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    /** Together with noticing and checking an edit, half a minute. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);

    private static final Duration LONGEST_WAY_BACK = Duration.ofSeconds(5);

    private final RunningRoutes routes;
    private final ConnectorSetUp setUp;
    private final WorkInTheAir work;
    private Judgement judged = new Judgement(List.of(), Map.of(), List.of(), List.of());
    private RouteUnits units = RouteUnits.of(List.of());
    /** What may be half-way there, after a failure behind which what was before could not be put back either. */
    private final Set<Unit> broken = new HashSet<>();

    LiveRoutes(RunningRoutes routes, ConnectorSetUp setUp, WorkInTheAir work) {
        this.routes = routes;
        this.setUp = setUp;
        this.work = work;
    }

    /** What the start has loaded. */
    void begin(Judgement started) {
        judged = started;
        units = RouteUnits.of(started.inForce());
    }

    List<RouteFile> inForce() {
        return judged.inForce();
    }

    /** @return what runs now, and what is wrong: that it could not be put into force, too */
    Judgement replace(Judgement wanted) {
        RouteUnits next = RouteUnits.of(wanted.inForce());
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
            setUp.set(wanted.connectors(), wanted.leftOut());
        } catch (RuntimeException e) {
            return untouched(wanted, e);
        }
        Judgement now;
        try {
            work.giveWay(units.all(), gone);
            routes.remove(gone, System.nanoTime() + LONGEST_STOP.toNanos());
            routes.add(
                    come.stream().filter(unit -> unit.kind() != Kind.CONNECTOR).toList());
            now = connectors(come, wanted);
            broken.clear();
        } catch (Exception | LinkageError e) {
            LOG.error("The changed routes cannot be put into force, so those before are put back", e);
            return putBack(gone, come, failed(wanted, e));
        }
        List<Connector> changed = now.connectors().values().stream()
                .filter(connector -> come.stream()
                        .anyMatch(unit ->
                                unit.kind() == Kind.CONNECTOR && unit.id().equals(connector.id())))
                .toList();
        begin(now);
        setUp.owes(changed);
        return now;
    }

    /** Each by itself; one that cannot be started has its former text again, if it had one. */
    private Judgement connectors(Collection<Unit> come, Judgement wanted) throws Exception {
        Judgement now = wanted;
        for (Unit unit :
                come.stream().filter(one -> one.kind() == Kind.CONNECTOR).toList()) {
            try {
                routes.add(List.of(unit));
            } catch (NotStarted e) {
                LOG.error("A connector cannot be started", e);
                routes.remove(List.of(unit), System.nanoTime() + LONGEST_WAY_BACK.toNanos());
                Unit former = units.of(unit.key());
                now = now.instead(
                        unit.file(),
                        former == null ? null : former.file(),
                        judged.connectors().get(unit.id()),
                        e.problem());
                setUp.set(now.connectors(), now.leftOut());
                if (former != null) {
                    routes.add(List.of(former));
                }
            }
        }
        return now;
    }

    /** Nothing has been stopped yet. */
    private Judgement untouched(Judgement wanted, RuntimeException e) {
        LOG.error("The changed routes cannot be put into force", e);
        try {
            setUp.set(judged.connectors(), judged.leftOut());
        } catch (RuntimeException again) {
            LOG.error("What belongs to the connectors before cannot be set up either", again);
        }
        return runsOn(wanted, failed(wanted, e), "what ran before runs on");
    }

    private Judgement putBack(List<Unit> gone, List<Unit> come, List<Problem> failure) {
        List<Unit> all = new ArrayList<>(gone);
        all.addAll(come);
        try {
            List<Unit> before = units.all().stream()
                    .filter(unit -> gone.contains(unit) || isBroken(unit))
                    .toList();
            routes.remove(all, System.nanoTime() + LONGEST_WAY_BACK.toNanos());
            routes.add(before);
            setUp.set(judged.connectors(), judged.leftOut());
            broken.clear();
            return runsOn(judged, failure, "what ran before runs on");
        } catch (Exception | LinkageError e) {
            LOG.error("What ran before cannot be put back either, which is tried again", e);
            broken.addAll(all);
            return runsOn(
                    judged, failure, "what ran before could not be put back, which is tried again: " + names(all));
        }
    }

    private static List<Problem> failed(Judgement wanted, Throwable e) {
        List<Problem> problems = new ArrayList<>(wanted.problems());
        problems.add(
                e instanceof NotStarted start
                        ? start.problem()
                        : new Problem(
                                "",
                                0,
                                "the files cannot be put into force: " + Printable.of(String.valueOf(e.getMessage()))));
        return problems;
    }

    private Judgement runsOn(Judgement wanted, List<Problem> problems, String what) {
        List<Problem> all = new ArrayList<>(problems);
        Problem last = all.remove(all.size() - 1);
        all.add(new Problem(last.file(), last.line(), last.sentence() + "; " + what));
        return new Judgement(judged.inForce(), judged.connectors(), all, wanted.warnings());
    }

    private boolean isBroken(Unit unit) {
        return broken.stream().anyMatch(other -> other.key().equals(unit.key()));
    }

    private static Set<String> names(List<Unit> units) {
        return units.stream().map(Unit::key).collect(Collectors.toCollection(TreeSet::new));
    }
}
