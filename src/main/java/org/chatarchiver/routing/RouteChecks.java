package org.chatarchiver.routing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.message.Printable;
import org.springframework.stereotype.Component;

/** Holds a set of route files against everything that they would be held against if they were saved; nothing comes of it. */
@Component
public class RouteChecks {
    private final RouteJudge judge;
    private final LandingProperties landing;

    RouteChecks(RouteJudge judge, LandingProperties landing) {
        this.judge = judge;
        this.landing = landing;
    }

    /** @param problems for which the files would not be in force */
    public record Found(List<Problem> problems, List<Problem> warnings) {}

    /** @param texts by name relative to {@code archiver.routes}; those of another landing are left alone */
    public Found check(Map<String, String> texts) {
        List<RouteFile> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(texts).forEach((name, text) -> {
            if (!RouteFile.isPlace(name)) {
                problems.add(new Problem(
                        Printable.of(name),
                        0,
                        "is no place for a route file: name it <name>.camel.yaml, connectors/<name>.camel.yaml or landing/"
                                + landing.landing() + ".camel.yaml"));
            } else if (!RouteFile.isOfOtherLanding(name, landing.landing())) {
                files.add(RouteFile.of(name, text == null ? "" : text));
            }
        });
        return check(new RouteSet(files, List.of()), problems);
    }

    /** @param routes a directory of route files */
    Found check(Path routes) {
        RouteSet files = RouteSet.read(routes, landing.landing());
        return check(files, files.missing());
    }

    private Found check(RouteSet files, List<Problem> problems) {
        Judgement judged = judge.judge(files, List.of(), true);
        List<Problem> all = new ArrayList<>(problems);
        judged.problems().stream().filter(problem -> !all.contains(problem)).forEach(all::add);
        return new Found(all, judged.warnings());
    }
}
