package org.chatarchiver.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The connectors in force, and what is wrong with those that were left out. */
@Component
public class Connectors {
    private volatile Map<String, Connector> running = Map.of();
    private volatile List<Problem> problems = List.of();
    private volatile boolean loaded;

    public void replace(Map<String, Connector> connectors, List<Problem> found) {
        running = Map.copyOf(connectors);
        problems = List.copyOf(found);
        loaded = true;
    }

    /** Whether their files have been looked at; until then nothing is known of any. */
    public boolean areLoaded() {
        return loaded;
    }

    public Collection<Connector> all() {
        return running.values().stream()
                .sorted(Comparator.comparing(Connector::id))
                .toList();
    }

    public Optional<Connector> find(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** How many files were left out. */
    public long leftOut() {
        return problems.stream().map(Problem::file).distinct().count();
    }

    /** Why files were left out; empty if all run. */
    public List<Problem> problems() {
        return problems;
    }
}
