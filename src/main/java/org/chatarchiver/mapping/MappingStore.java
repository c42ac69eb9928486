package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;

/**
 * The mapping files of all connectors. A source that is changed takes effect at the next {@link #refresh}; one that is rejected leaves
 * the mapping in use, also over a restart: every accepted file is kept as {@code <archiver.data>/mapping/<id>.accepted.csv}.
 *
 * <p>Safe for use by many threads: readers never wait for a file that is being read.
 */
public final class MappingStore implements Mappings {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final MappingFiles files;
    private final MappingReader reader;
    private final Duration settle;
    private final Clock clock;
    private final MappingEvents events;
    private final Map<String, ConnectorMapping> connectors = new ConcurrentHashMap<>();

    /** @param data {@code archiver.data} */
    public MappingStore(
            Path data, MappingReader reader, MappingProperties properties, Clock clock, MappingEvents events) {
        this.files = new MappingFiles(data);
        this.reader = reader;
        this.settle = properties.settle();
        this.clock = clock;
        this.events = events;
    }

    /**
     * Takes in a connector, or its changed source, and reads it at once. Nothing happens where both are known.
     *
     * @param source as {@link MappingSource#refusal} lets pass
     */
    public synchronized void register(String connectorId, String source) {
        if (!ID.matcher(connectorId).matches()) {
            throw new IllegalArgumentException("No connector id: " + Printable.quoted(connectorId));
        }
        Optional<Path> path = MappingSource.path(source);
        if (path.isEmpty() && !source.isBlank()) {
            throw new IllegalArgumentException("The mapping " + Printable.quoted(source) + " is not file:<path>");
        }
        ConnectorMapping known = connectors.get(connectorId);
        if (path.isEmpty()) {
            connectors.remove(connectorId);
        } else if (known == null || !known.source().equals(path.get())) {
            ConnectorMapping added =
                    new ConnectorMapping(connectorId, path.get(), files, reader, settle, clock, events);
            added.start();
            connectors.put(connectorId, added);
        }
    }

    /** Forgets a connector that was removed; its accepted copy stays. */
    public synchronized void remove(String connectorId) {
        connectors.remove(connectorId);
    }

    /** Looks for changed sources; cheap where there are none. Failures are told by {@link #problems}. */
    public synchronized void refresh() {
        connectors.values().forEach(ConnectorMapping::refresh);
    }

    /** As {@link #refresh()}, for one connector: before its run. */
    public synchronized void refresh(String connectorId) {
        Optional.ofNullable(connectors.get(connectorId)).ifPresent(ConnectorMapping::refresh);
    }

    /**
     * Replaces the source by another file, which counts at once; a rejected one changes nothing.
     *
     * @param csv read to its end or to the limit, not closed
     * @throws IOException where the upload breaks off or a file cannot be written; the mapping in use stays
     */
    public synchronized Parsed replace(String connectorId, InputStream csv) throws IOException {
        ConnectorMapping connector = connectors.get(connectorId);
        return connector == null
                ? Parsed.Rejected.of(
                        0,
                        "The connector " + Printable.quoted(connectorId)
                                + " has no mapping file: set its parameter mapping to file:<path>.")
                : connector.replace(csv);
    }

    @Override
    public Current current(String connectorId) {
        ConnectorMapping connector = connectors.get(connectorId);
        return connector == null ? new Current.None() : connector.current();
    }

    /** All mailboxes that the files in use name, as they write them. */
    public Set<String> mailboxes() {
        Set<String> all = new HashSet<>();
        for (ConnectorMapping connector : connectors.values()) {
            if (connector.current() instanceof Current.InUse inUse) {
                inUse.file().mailboxes(all);
            }
        }
        return all;
    }

    /** Why the source as it is now is not in use; empty where it is, or where there is none. */
    public Optional<Parsed.Rejected> problems(String connectorId) {
        return Optional.ofNullable(connectors.get(connectorId)).flatMap(ConnectorMapping::problems);
    }
}
