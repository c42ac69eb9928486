package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;

/** Decides which connector files are to run: of one that is bad, the text that was good before. */
final class ConnectorJudge {
    private final Set<String> networks;
    private final Function<String, Optional<String>> networkBefore;

    /**
     * @param networks that a connector may name; empty for any
     * @param networkBefore of the connector of an id, as the ledger has it
     */
    ConnectorJudge(Set<String> networks, Function<String, Optional<String>> networkBefore) {
        this.networks = networks;
        this.networkBefore = networkBefore;
    }

    /** @param inForce in the order of names */
    record Verdict(List<RouteFile> inForce, Map<String, Connector> connectors, List<Problem> problems) {}

    /**
     * @param good the files in force
     * @param taken ids that are shared routes'
     * @param trial what is wrong with files that are good as far as they can be read
     */
    Verdict judge(
            List<RouteFile> now,
            List<RouteFile> good,
            Set<String> taken,
            Function<List<RouteFile>, List<Problem>> trial) {
        Map<String, RouteFile> before = new HashMap<>();
        good.forEach(file -> before.put(file.name(), file));
        List<RouteFile> settled = new ArrayList<>();
        List<RouteFile> open = new ArrayList<>();
        for (RouteFile file : now) {
            RouteFile known = before.get(file.name());
            (known != null && known.text().equals(file.text()) ? settled : open).add(file);
        }
        List<Problem> problems = new ArrayList<>();
        open.removeIf(file -> refused(file, alone(file, taken), before, settled, problems));
        List<Problem> tried = open.isEmpty() ? List.of() : trial.apply(open);
        open.removeIf(file -> refused(file, of(file, tried), before, settled, problems));
        // Each that gives way to others brings back its former text, which others may have to give way to in turn.
        while (open.removeIf(
                file -> refused(file, of(file, beside(settled, open).problems()), before, settled, problems))) {
            continue;
        }
        ConnectorFiles all = beside(settled, open);
        problems.addAll(all.problems());
        return new Verdict(
                all.good().keySet().stream()
                        .map(all::file)
                        .sorted(Comparator.comparing(RouteFile::name))
                        .toList(),
                all.good(),
                problems);
    }

    private ConnectorFiles beside(List<RouteFile> settled, List<RouteFile> open) {
        ConnectorFiles files = new ConnectorFiles(networks);
        settled.forEach(files::add);
        open.forEach(files::add);
        return files;
    }

    private List<Problem> alone(RouteFile file, Set<String> taken) {
        ConnectorFile read = new ConnectorFile(file, networks);
        if (!read.problems().isEmpty()) {
            return read.problems();
        }
        Connector connector = read.connector();
        if (taken.contains(connector.id())) {
            return List.of(read.problem(
                    "id", "has the id '" + connector.id() + "', which is a route's of the other files; take another"));
        }
        return networkBefore
                .apply(connector.id())
                .filter(network -> !network.equals(connector.network()))
                .map(network -> List.of(read.problem(
                        "network",
                        "has the network " + connector.network() + ", while '" + connector.id() + "' has archived "
                                + network + " before; take another id")))
                .orElse(List.of());
    }

    private static List<Problem> of(RouteFile file, List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.file().equals(file.name()))
                .toList();
    }

    private static boolean refused(
            RouteFile file,
            List<Problem> found,
            Map<String, RouteFile> before,
            List<RouteFile> settled,
            List<Problem> problems) {
        if (found.isEmpty()) {
            return false;
        }
        problems.addAll(found);
        if (before.containsKey(file.name())) {
            settled.add(before.get(file.name()));
        }
        return true;
    }
}
