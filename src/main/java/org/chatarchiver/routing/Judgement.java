package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;

/**
 * What is to run, now that the files are what they are.
 *
 * @param inForce each good file as it is, and of each bad one the text that was good before, if there was any
 * @param connectors those of the files in force, by id
 * @param problems what is wrong with bad files
 * @param warnings what makes good files hard to read
 */
record Judgement(
        List<RouteFile> inForce, Map<String, Connector> connectors, List<Problem> problems, List<Problem> warnings) {
    /** What is wrong with connector files of which nothing runs. */
    List<Problem> leftOut() {
        Set<String> names = inForce.stream().map(RouteFile::name).collect(Collectors.toSet());
        return problems.stream()
                .filter(problem -> RouteFile.isConnector(problem.file()) && !names.contains(problem.file()))
                .toList();
    }

    /** The same without the file of a connector, which has turned out to be bad. */
    Judgement without(RouteFile bad, String connector, Problem why) {
        List<Problem> more = new ArrayList<>(problems);
        more.add(why);
        Map<String, Connector> others = new LinkedHashMap<>(connectors);
        others.remove(connector);
        return new Judgement(inForce.stream().filter(file -> file != bad).toList(), others, more, warnings);
    }

    /** The same with nothing to run but connectors, which is not usable. */
    Judgement withoutShared() {
        return new Judgement(inForce.stream().filter(RouteFile::isConnector).toList(), connectors, problems, warnings);
    }

    /**
     * The same with the former text of a connector that cannot be started, or without it.
     *
     * @param former null where there is none
     */
    Judgement instead(RouteFile bad, RouteFile former, Connector connector, Problem why) {
        Judgement rest = without(bad, RouteElement.of(bad).get(0).id(), why);
        if (former == null) {
            return rest;
        }
        List<RouteFile> files = new ArrayList<>(rest.inForce);
        files.add(former);
        Map<String, Connector> all = new LinkedHashMap<>(rest.connectors);
        all.put(connector.id(), connector);
        return new Judgement(files, all, rest.problems, rest.warnings);
    }

    /** Whether there is anything to run. */
    boolean isUsable() {
        return inForce.stream().anyMatch(file -> !file.isConnector());
    }
}
