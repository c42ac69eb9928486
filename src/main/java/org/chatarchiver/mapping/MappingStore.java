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
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersion.Origin;
import org.chatarchiver.ledger.MappingVersions.Standing;
import org.chatarchiver.mapping.MappingRecords.Giver;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The mappings of all connectors. The version that the ledger accepted last is in force, at every archiver within seconds; one that is
 * rejected leaves the mapping in use. The connector's file on this disk becomes a version when it is changed. The file in use is kept as
 * {@code <archiver.data>/mapping/<id>.accepted.csv}, so that a start does not fetch it again.
 *
 * <p>Safe for use by many threads: readers never wait for a file that is being read, but {@link #latest} for the one that counts.
 */
public final class MappingStore implements Mappings {
    private static final Logger LOG = LoggerFactory.getLogger(MappingStore.class);
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final MappingFiles files;
    private final MappingReader reader;
    private final MappingRecords records;
    private final Duration settle;
    private final Clock clock;
    private final MappingEvents events;
    private final Map<String, ConnectorMapping> connectors = new ConcurrentHashMap<>();

    /** @param data {@code archiver.data} */
    public MappingStore(
            Path data,
            MappingReader reader,
            MappingRecords records,
            MappingProperties properties,
            Clock clock,
            MappingEvents events) {
        this.files = new MappingFiles(data);
        this.reader = reader;
        this.records = records;
        this.settle = properties.settle();
        this.clock = clock;
        this.events = events;
    }

    /**
     * Takes in a connector, or its changed source, and reads it at once. Nothing happens where both are known.
     *
     * @param source as {@link MappingSource#refusal} lets pass
     */
    public void register(String connectorId, String source) {
        if (know(connectorId, source)) {
            refresh(connectorId);
        }
    }

    /**
     * As {@link #register}, but it is read by the next {@link #refresh}. Waits for nothing.
     *
     * @return whether there is a file to be read
     */
    public boolean know(String connectorId, String source) {
        if (!ID.matcher(connectorId).matches()) {
            throw new IllegalArgumentException("No connector id: " + Printable.quoted(connectorId));
        }
        if (source.isBlank()) {
            connectors.remove(connectorId);
            return false;
        }
        Path path = path(source);
        ConnectorMapping fresh = mapping(connectorId, path);
        return fresh
                == connectors.compute(
                        connectorId,
                        (id, known) -> known != null && known.source().equals(path) ? known : fresh);
    }

    private static Path path(String source) {
        return MappingSource.path(source)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The mapping " + Printable.quoted(source) + " is not file:<path>"));
    }

    private ConnectorMapping mapping(String connectorId, Path path) {
        return new ConnectorMapping(
                connectorId,
                new SourceFile(path, settle, clock),
                new VersionInUse(connectorId, path, files, reader, records, events),
                files,
                records,
                events);
    }

    /** Forgets a connector that was removed; its versions stay. */
    public void remove(String connectorId) {
        connectors.remove(connectorId);
    }

    /** Looks for other versions, and for changed sources; cheap where there are none. Failures are told by {@link #problems}. */
    public synchronized void refresh() {
        try {
            Map<String, Standing> standings = records.standings();
            connectors.forEach((id, mapping) -> mapping.refresh(standings.getOrDefault(id, Standing.none(id))));
        } catch (DataAccessException e) {
            outOfReach(e);
        }
    }

    /** As {@link #refresh()}, for one connector. */
    public synchronized void refresh(String connectorId) {
        try {
            Optional.ofNullable(connectors.get(connectorId))
                    .ifPresent(mapping -> mapping.refresh(records.standing(connectorId)));
        } catch (DataAccessException e) {
            outOfReach(e);
        }
    }

    /** Health tells of the ledger, and nothing is archived without it; what is in use stays until the next look. */
    private static void outOfReach(DataAccessException e) {
        LOG.debug("The ledger does not say which mappings are in force", e);
    }

    /**
     * Makes a file the version in force, at every archiver, and the source where that can be written; a rejected one changes nothing.
     *
     * @param csv read to its end or to the limit, not closed
     * @param by who sends it
     * @throws IOException where the upload breaks off or the file cannot be kept; the mapping in use stays
     */
    public synchronized Parsed replace(String connectorId, InputStream csv, String by) throws IOException {
        ConnectorMapping connector = connectors.get(connectorId);
        return connector == null
                ? Parsed.Rejected.of(
                        0,
                        "The connector " + Printable.quoted(connectorId)
                                + " has no mapping file: set its parameter mapping to file:<path>.")
                : connector.replace(csv, new Giver(Origin.UPLOAD, by));
    }

    /**
     * As {@link #replace}, for a connector, or a source, that is not known yet: it counts once that is registered.
     *
     * @param source as {@link MappingSource#refusal} lets pass
     */
    public synchronized Parsed place(String connectorId, String source, InputStream csv, String by) throws IOException {
        return mapping(connectorId, path(source)).replace(csv, new Giver(Origin.UPLOAD, by));
    }

    /**
     * Makes an earlier version the one in force, as a new version.
     *
     * @param version one that was accepted, of a connector that is registered
     */
    public synchronized Parsed restore(MappingVersion version, String by) throws IOException {
        ConnectorMapping connector = connectors.get(version.connector());
        try (InputStream csv = records.open(version)) {
            return connector.replace(csv, new Giver(Origin.RESTORED, by));
        }
    }

    /** The bytes of a version, as they were given; whoever asks closes it. */
    public InputStream open(MappingVersion version) throws IOException {
        return records.open(version);
    }

    /** The copy of the file in use; empty where none is. */
    public Optional<Path> accepted(String connectorId) {
        return current(connectorId) instanceof Current.InUse
                ? Optional.of(files.accepted(connectorId))
                : Optional.empty();
    }

    @Override
    public Current current(String connectorId) {
        ConnectorMapping connector = connectors.get(connectorId);
        return connector == null ? new Current.None() : connector.version().current();
    }

    /** As {@link #current}, after a look at the ledger: what another archiver has accepted a moment ago counts. */
    public Current latest(String connectorId) {
        ConnectorMapping connector = connectors.get(connectorId);
        if (connector == null) {
            return new Current.None();
        }
        long inForce = records.inForce(connectorId);
        if (connector.version().number() != inForce) {
            refresh(connectorId);
        }
        // An older one would have the page's mail go where it is to go no more.
        return connector.version().number() < inForce
                ? new Current.Unusable("Version " + inForce + " of the mapping, which is in force, cannot be used here"
                        + connector
                                .version()
                                .problems()
                                .map(why -> ": " + why.errors().get(0))
                                .orElse(""))
                : current(connectorId);
    }

    /** The number of the version in use here; 0 for none. */
    public long version(String connectorId) {
        ConnectorMapping connector = connectors.get(connectorId);
        return connector == null ? 0 : connector.version().number();
    }

    /** All mailboxes that the files in use name, as they write them. */
    public Set<String> mailboxes() {
        Set<String> all = new HashSet<>();
        for (ConnectorMapping connector : connectors.values()) {
            if (connector.version().current() instanceof Current.InUse inUse) {
                inUse.file().mailboxes((mailbox, line) -> all.add(mailbox));
            }
        }
        return all;
    }

    /** Why the source as it is now is not in use; empty where it is, or where there is none. */
    public Optional<Parsed.Rejected> problems(String connectorId) {
        return Optional.ofNullable(connectors.get(connectorId))
                .flatMap(connector -> connector.version().problems());
    }
}
