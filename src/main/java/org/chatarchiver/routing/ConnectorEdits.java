package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes connector files as an operator would; what is written is noticed, checked again and put into force like any other edit. One edit
 * at a time, so that each is checked beside those before it. Safe for many threads.
 */
@Component
public class ConnectorEdits {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorEdits.class);
    private static final String ENDING = ".camel.yaml";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final Path routes;
    private final LandingProperties landing;
    private final RouteJudge judge;
    private final RouteStates states;
    private final Connectors connectors;
    private final KnownConnectors known;
    private final ConnectorDirectory directory;
    private final AuditNotes audit;

    ConnectorEdits(
            ConnectorDirectory directory,
            RoutesProperties properties,
            LandingProperties landing,
            RouteJudge judge,
            RouteStates states,
            Connectors connectors,
            KnownConnectors known,
            AuditNotes audit) {
        this.directory = directory;
        this.routes = properties.routes();
        this.landing = landing;
        this.judge = judge;
        this.states = states;
        this.connectors = connectors;
        this.known = known;
        this.audit = audit;
    }

    /** What belongs to a connector beside its file, and has to be there before that is read. */
    public interface Belongings {
        Belongings NONE = () -> {};

        /** @throws IOException where it cannot be written; the connector's file is not written either, but is to be committed */
        void write() throws IOException;
    }

    /** What comes of an edit. */
    public sealed interface Outcome {
        /** @param file which is in force within seconds */
        record Written(String file) implements Outcome {}

        /**
         * This archiver cannot write the directory, or is not the only one: whoever looks after it may put this file there.
         *
         * @param text empty for one to be deleted
         * @param why a sentence
         */
        record ToCommit(String file, String text, String why) implements Outcome {}

        record Refused(List<Problem> problems) implements Outcome {}

        /** There is none of that id. */
        record Unknown(String sentence) implements Outcome {}

        /** Its file is not what the edit began with. */
        record Changed() implements Outcome {}

        /** There is one of that id already. */
        record Exists(String sentence) implements Outcome {}

        /** @param work which would be stranded */
        record Waits(KnownConnectors.Work work) implements Outcome {}
    }

    /** What is wrong with a connector beside those that run; nothing is written. */
    public List<Problem> validate(Connector connector) {
        // Before it becomes a part of a path.
        if (!ID.matcher(connector.id()).matches()) {
            return List.of(new Problem(
                    RouteFile.CONNECTORS,
                    0,
                    "has the id '" + Printable.of(connector.id()) + "'; an id is " + ID.pattern()));
        }
        String file = file(connector.id()).orElseGet(() -> newFile(connector.id()));
        RouteFile made = RouteFile.of(file, ConnectorText.of(connector));
        List<RouteFile> files =
                new ArrayList<>(RouteSet.read(routes, landing.landing()).files());
        files.removeIf(other -> other.name().equals(file));
        files.add(made);
        return judge.judge(new RouteSet(files, List.of()), List.of(), true).problems().stream()
                .filter(problem -> problem.file().equals(file))
                .toList();
    }

    /** SHA-256 of what a connector's file says, however it writes that. */
    public static String digest(Connector connector) {
        return Sha256.of(text(connector));
    }

    /** What a file says now; empty where it is gone, or says nothing that could be in force. */
    private Optional<Connector> onDisk(String name) {
        return RouteSet.read(routes, landing.landing()).files().stream()
                .filter(file -> file.name().equals(name))
                .map(file -> new ConnectorFile(file, Set.of()))
                .filter(file -> file.problems().isEmpty())
                .map(ConnectorFile::connector)
                .findFirst();
    }

    /** The text of a connector's file. */
    public static String text(Connector connector) {
        return ConnectorText.of(connector);
    }

    /** As {@link #add(Connector, String, Belongings)}, with nothing beside the file. */
    public Outcome add(Connector connector, String administrator) {
        return add(connector, administrator, Belongings.NONE);
    }

    /**
     * @param administrator who adds it, for the log
     * @param belongings written once nothing is wrong with the connector
     */
    public synchronized Outcome add(Connector connector, String administrator, Belongings belongings) {
        if (connectors.find(connector.id()).isPresent()) {
            return exists(connector.id());
        }
        List<Problem> problems = validate(connector);
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        String file = newFile(connector.id());
        if (Files.exists(routes.resolve(file))) {
            return exists(connector.id());
        }
        Outcome outcome = directory.write(connector, file, belongings);
        if (outcome instanceof Outcome.Written) {
            LOG.info("{} is added by {}", connector.id(), Printable.of(administrator));
            edited(connector.id(), "added", administrator);
        }
        return outcome;
    }

    static Outcome exists(String id) {
        return new Outcome.Exists("There is a connector '" + Printable.of(id) + "' already");
    }

    /** As {@link #replace(Connector, String, Belongings, String)}, with nothing beside the file, and whatever that says. */
    public Outcome replace(Connector connector, String administrator) {
        return replace(connector, administrator, Belongings.NONE, null);
    }

    /**
     * @param administrator who changes it, for the log
     * @param belongings written once nothing is wrong with the connector
     * @param base {@link #digest} of what its file has to say still, since what is in force comes seconds behind; null for whatever
     */
    public synchronized Outcome replace(Connector connector, String administrator, Belongings belongings, String base) {
        Optional<Connector> before = connectors.find(connector.id());
        Optional<String> file = file(connector.id());
        if (before.isEmpty() || file.isEmpty()) {
            return unknown(connector.id());
        }
        if (base != null
                && !base.equals(onDisk(file.get()).map(ConnectorEdits::digest).orElse(""))) {
            return new Outcome.Changed();
        }
        List<Problem> problems = validate(connector);
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        Outcome outcome = directory.write(
                connector, file.get(), belongings, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (outcome instanceof Outcome.Written) {
            LOG.info(
                    "{} is changed by {}: {}",
                    connector.id(),
                    Printable.of(administrator),
                    String.join(", ", ConnectorText.changed(before.get(), connector)));
            edited(connector.id(), "changed", administrator);
        }
        return outcome;
    }

    /**
     * Removes its file; that of its password stays.
     *
     * @param confirmed whether what waits for the connector may be stranded
     * @param administrator who removes it, for the log
     */
    public synchronized Outcome remove(String id, boolean confirmed, String administrator) {
        Optional<String> file = file(id);
        if (file.isEmpty()) {
            return unknown(id);
        }
        Optional<KnownConnectors.Work> work =
                known.work().stream().filter(one -> one.connector().equals(id)).findFirst();
        if (work.isPresent() && !confirmed) {
            return new Outcome.Waits(work.get());
        }
        // It may be gone, and the connector run for some seconds still.
        Outcome outcome = directory.delete(file.get());
        if (outcome instanceof Outcome.Written) {
            LOG.info("{} is removed by {}", id, Printable.of(administrator));
            edited(id, "removed", administrator);
        }
        return outcome;
    }

    private void edited(String id, String how, String administrator) {
        audit.note(AuditAction.CONNECTOR_EDITED, administrator, id, id, Map.of("edit", how));
    }

    private static Outcome unknown(String id) {
        return new Outcome.Unknown("There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them");
    }

    /** The file of a connector that runs. */
    private Optional<String> file(String id) {
        return connectors.find(id).isEmpty()
                ? Optional.empty()
                : states.files().stream()
                        .filter(file -> RouteFile.isConnector(file.file())
                                && file.routes().contains(id))
                        .map(RouteState::file)
                        .findFirst()
                        .or(() -> saying(id));
    }

    /** Of one that has come into force a moment ago, and is not told of yet. */
    private Optional<String> saying(String id) {
        return RouteSet.read(routes, landing.landing()).files().stream()
                .filter(RouteFile::isConnector)
                .map(file -> new ConnectorFile(file, Set.of()))
                .filter(file ->
                        file.problems().isEmpty() && file.connector().id().equals(id))
                .map(file -> file.file().name())
                .findFirst();
    }

    private static String newFile(String id) {
        return RouteFile.CONNECTORS + "/" + id + ENDING;
    }
}
