package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
        CheckedRoutes checked = now.shared().isEmpty() ? new CheckedRoutes() : RouteConventions.check(now.files());
        List<Problem> bad = new ArrayList<>(checked.problems());
        bad.addAll(BeanReferences.check(now.shared(), beans));
        if (bad.isEmpty() && tried && differs(now.shared(), goodShared)) {
            bad.addAll(trial.problems(now.shared(), List.of()));
        }
        List<RouteFile> shared = bad.isEmpty() && !now.shared().isEmpty() ? now.shared() : goodShared;
        boolean gone = !now.missing().isEmpty() && good.stream().anyMatch(RouteFile::isConnector);
        ConnectorJudge.Verdict verdict = connectors.judge(
                gone ? good.stream().filter(RouteFile::isConnector).toList() : now.connectors(),
                good,
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

    private static boolean differs(List<RouteFile> now, List<RouteFile> good) {
        return !RouteUnits.of(now).changedFrom(RouteUnits.of(good)).isEmpty()
                || !RouteUnits.of(good).changedFrom(RouteUnits.of(now)).isEmpty();
    }
}
