package org.chatarchiver.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.ArchiverRoutes;
import org.chatarchiver.ledger.ArchiverRoutes.Row;
import org.chatarchiver.ledger.ArchiverRoutes.Told;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteState.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The route files that archivers with one ledger do not have alike. Each one reads, checks and tells of its own; one that was edited is
 * compared again when it has stayed as it is for as long as an edit takes to reach all of them. Safe for many threads.
 */
@Component
public class RouteDifferences {
    /** A kubelet looks each minute at the ConfigMaps that its pods mount, and may be shown what they were a minute before. */
    static final Duration ROLL_OUT = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(RouteDifferences.class);
    private static final int SHORT = 12;

    private final ArchiverRoutes archivers;
    private final RouteStates states;
    private final Alarms alarms;
    private volatile List<Difference> differences = List.of();

    RouteDifferences(ArchiverRoutes archivers, RouteStates states, Alarms alarms) {
        this.archivers = archivers;
        this.states = states;
        this.alarms = alarms;
    }

    /**
     * What an archiver has of a file.
     *
     * @param digest SHA-256, lower-case hex; null where it has no such file
     * @param problem why it is not in force there; null where it is
     */
    public record Copy(String node, String digest, String problem) {
        private String likeness() {
            return digest + (problem == null ? "" : " bad");
        }

        private String words() {
            if (digest == null) {
                return "missing";
            }
            return digest.substring(0, Math.min(SHORT, digest.length()))
                    + (problem == null ? "" : ", not in force: " + problem);
        }
    }

    /** A file that is not the same everywhere. @param copies one of each archiver, by name */
    public record Difference(String file, List<Copy> copies) {
        /** Names the file, and who has what. */
        public String sentence() {
            Map<String, List<String>> nodes = copies.stream()
                    .collect(Collectors.groupingBy(
                            Copy::words, LinkedHashMap::new, Collectors.mapping(Copy::node, Collectors.toList())));
            return Printable.of(file) + " differs: "
                    + nodes.entrySet().stream()
                            .map(one -> Printable.of(one.getKey()) + " at "
                                    + Printable.of(String.join(", ", one.getValue())))
                            .collect(Collectors.joining("; "));
        }
    }

    /** Those of the last look, in the order of the files' names. */
    public List<Difference> all() {
        return differences;
    }

    /** Tells of this archiver's files, and compares everybody's; while the ledger does not answer, nothing is known otherwise. */
    void look() {
        try {
            if (archivers.isShared()) {
                archivers.tell(rows());
                compare();
            }
        } catch (DataAccessException | TransactionException | IllegalStateException e) {
            LOG.debug("The archivers' route files cannot be compared now", e);
        }
    }

    private void compare() {
        List<Difference> found = differences(archivers.settledFor(ROLL_OUT));
        differences.stream()
                .map(Difference::file)
                .filter(file -> found.stream().noneMatch(one -> one.file().equals(file)))
                .forEach(file -> alarms.clear(AlertCause.ROUTES_DIFFER, file));
        found.forEach(one -> alarms.raise(AlertCause.ROUTES_DIFFER, one.file(), one.sentence()));
        differences = found;
    }

    private List<Row> rows() {
        return states.files().stream()
                .map(file -> new Row(file.file(), file.digest(), file.state() == State.IN_FORCE ? null : problem(file)))
                .toList();
    }

    private static String problem(RouteState file) {
        return file.problems().stream()
                .findFirst()
                .map(Problem::toString)
                .orElseGet(() -> file.state() == State.MISSING ? "its directory is missing" : "it is bad");
    }

    private static List<Difference> differences(List<Told> nodes) {
        Set<String> files = nodes.stream()
                .flatMap(node -> node.files().stream())
                .map(Row::file)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Map<String, Row>> byNode = nodes.stream()
                .collect(Collectors.toMap(Told::node, node -> node.files().stream()
                        .collect(Collectors.toMap(Row::file, Function.identity()))));
        List<Difference> found = new ArrayList<>();
        for (String file : files) {
            List<Copy> copies = nodes.stream()
                    .map(node -> copy(
                            node.node(),
                            Optional.ofNullable(byNode.get(node.node()).get(file))))
                    .toList();
            if (copies.stream().map(Copy::likeness).distinct().count() > 1) {
                found.add(new Difference(file, copies));
            }
        }
        return List.copyOf(found);
    }

    private static Copy copy(String node, Optional<Row> row) {
        return new Copy(
                node, row.map(Row::digest).orElse(null), row.map(Row::problem).orElse(null));
    }
}
