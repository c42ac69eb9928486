package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.connector.Problem;

/**
 * Decides which files are to run. The shared ones are good or bad together, each connector by itself: where either is bad, what was good
 * before stays.
 */
final class RouteJudge {
    private final Function<String, Optional<Class<?>>> beans;
    private final RouteTrial trial;
    private final ConnectorJudge connectors;

    /** @param beans the type of the bean of a name */
    RouteJudge(Function<String, Optional<Class<?>>> beans, RouteTrial trial, ConnectorJudge connectors) {
        this.beans = beans;
        this.trial = trial;
        this.connectors = connectors;
    }

    /**
     * @param good the files in force; empty for none
     * @param tried whether Camel is to make all that is new as a trial
     */
    Judgement judge(RouteSet now, List<RouteFile> good, boolean tried) {
        List<RouteFile> goodShared =
                good.stream().filter(file -> !file.isConnector()).toList();
        List<RouteFile> readable = readable(now.shared(), goodShared);
        CheckedRoutes checked = readable.isEmpty() ? new CheckedRoutes() : RouteConventions.check(readable);
        List<Problem> bad = now.shared().stream()
                .filter(file -> !readable.contains(file))
                .flatMap(file -> file.problems().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        bad.addAll(checked.problems());
        bad.addAll(BeanReferences.check(readable, beans));
        bad.addAll(namesOfConnectors(readable, good));
        if (bad.isEmpty() && tried && differs(now.shared(), goodShared)) {
            bad.addAll(trial.problems(now.shared(), List.of()));
        }
        List<RouteFile> shared = bad.isEmpty() && !now.shared().isEmpty() ? now.shared() : goodShared;
        boolean gone = !now.missing().isEmpty() && good.stream().anyMatch(RouteFile::isConnector);
        ConnectorJudge.Verdict verdict = connectors.judge(
                gone ? good.stream().filter(RouteFile::isConnector).toList() : now.connectors(),
                good,
                ids(shared),
                files -> tried && !shared.isEmpty() ? trial.problems(shared, files) : List.of());
        List<Problem> problems = new ArrayList<>(gone || now.files().isEmpty() ? now.missing() : List.of());
        problems.addAll(bad);
        problems.addAll(verdict.problems());
        return new Judgement(
                Stream.concat(shared.stream(), verdict.inForce().stream()).toList(),
                verdict.connectors(),
                problems,
                checked.warnings());
    }

    /**
     * As {@link #judge}, for a start: files that were good before may be another version's, and count only if they are good now too.
     */
    Judgement judgeAtStart(RouteSet now, List<RouteFile> good) {
        Judgement judged = judge(now, good, !good.isEmpty());
        List<RouteFile> shared =
                judged.inForce().stream().filter(file -> !file.isConnector()).toList();
        boolean former = !shared.isEmpty() && !shared.equals(now.shared());
        return former && !isGood(shared) ? judged.withoutShared() : judged;
    }

    private boolean isGood(List<RouteFile> shared) {
        return RouteConventions.check(shared).problems().isEmpty()
                && BeanReferences.check(shared, beans).isEmpty()
                && trial.problems(shared, List.of()).isEmpty();
    }

    /** In the place of a file that cannot be read the one in force: what the others miss of it is not their fault. */
    private static List<RouteFile> readable(List<RouteFile> now, List<RouteFile> good) {
        return now.stream()
                .map(file -> file.problems().isEmpty()
                        ? file
                        : good.stream()
                                .filter(former -> former.name().equals(file.name()))
                                .findFirst()
                                .orElse(file))
                .toList();
    }

    /** A route of a connector's id would take its place. */
    private static List<Problem> namesOfConnectors(List<RouteFile> shared, List<RouteFile> good) {
        Set<String> connectors =
                ids(good.stream().filter(RouteFile::isConnector).toList());
        return shared.stream()
                .flatMap(file -> RouteElement.of(file).stream())
                .filter(element -> connectors.contains(element.id()))
                .map(element -> element.file()
                        .problem(
                                element.node(),
                                "has the id '" + element.id() + "', which is a connector's; take another"))
                .toList();
    }

    private static Set<String> ids(List<RouteFile> files) {
        return files.stream()
                .flatMap(file -> RouteElement.of(file).stream())
                .map(RouteElement::id)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean differs(List<RouteFile> now, List<RouteFile> good) {
        return !RouteUnits.of(now).changedFrom(RouteUnits.of(good)).isEmpty()
                || !RouteUnits.of(good).changedFrom(RouteUnits.of(now)).isEmpty();
    }
}
