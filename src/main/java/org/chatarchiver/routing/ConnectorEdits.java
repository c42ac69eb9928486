package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.message.Printable;
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

    ConnectorEdits(
            RoutesProperties properties,
            LandingProperties landing,
            RouteJudge judge,
            RouteStates states,
            Connectors connectors,
            KnownConnectors known) {
        this.routes = properties.routes();
        this.landing = landing;
        this.judge = judge;
        this.states = states;
        this.connectors = connectors;
        this.known = known;
    }

    /** What comes of an edit. */
    public sealed interface Outcome {
        /** @param file which is in force within seconds */
        record Written(String file) implements Outcome {}

        /** The directory cannot be written: whoever looks after it may put this file there. @param text empty for one to be deleted */
        record ToCommit(String file, String text) implements Outcome {}

        record Refused(List<Problem> problems) implements Outcome {}

        /** There is none of that id. */
        record Unknown(String sentence) implements Outcome {}

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

    /** @param administrator who adds it, for the log */
    public synchronized Outcome add(Connector connector, String administrator) {
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
        Outcome outcome = save(connector, file);
        if (outcome instanceof Outcome.Written) {
            LOG.info("{} is added by {}", connector.id(), Printable.of(administrator));
        }
        return outcome;
    }

    private static Outcome exists(String id) {
        return new Outcome.Exists("There is a connector '" + Printable.of(id) + "' already");
    }

    /** @param administrator who changes it, for the log */
    public synchronized Outcome replace(Connector connector, String administrator) {
        Optional<Connector> before = connectors.find(connector.id());
        Optional<String> file = file(connector.id());
        if (before.isEmpty() || file.isEmpty()) {
            return unknown(connector.id());
        }
        List<Problem> problems = validate(connector);
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        Outcome outcome =
                save(connector, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (outcome instanceof Outcome.Written) {
            LOG.info(
                    "{} is changed by {}: {}",
                    connector.id(),
                    Printable.of(administrator),
                    String.join(", ", ConnectorText.changed(before.get(), connector)));
        }
        return outcome;
    }

    /** @param options without which a file that is there stays as it is */
    private Outcome save(Connector connector, String file, CopyOption... options) {
        String text = ConnectorText.of(connector);
        try {
            Path target = routes.resolve(file);
            // A name that is not read, until it is whole.
            Path written = Files.createTempFile(target.getParent(), ".", ".new");
            try {
                Files.writeString(written, text, StandardCharsets.UTF_8);
                Files.move(written, target, options);
            } finally {
                Files.deleteIfExists(written);
            }
            return new Outcome.Written(file);
        } catch (FileAlreadyExistsException e) {
            return exists(connector.id());
        } catch (IOException e) {
            return toCommit(file, text, e);
        }
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
        try {
            // It may be gone, and the connector run for some seconds still.
            if (Files.deleteIfExists(routes.resolve(file.get()))) {
                LOG.info("{} is removed by {}", id, Printable.of(administrator));
            }
            return new Outcome.Written(file.get());
        } catch (IOException e) {
            return toCommit(file.get(), "", e);
        }
    }

    private static Outcome unknown(String id) {
        return new Outcome.Unknown("There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them");
    }

    private static Outcome toCommit(String file, String text, IOException e) {
        LOG.info("{} cannot be written, so it is to be committed: {}", file, Printable.of(e.toString()));
        return new Outcome.ToCommit(file, text);
    }

    /** The file of a connector that runs. */
    private Optional<String> file(String id) {
        return connectors.find(id).isEmpty()
                ? Optional.empty()
                : states.files().stream()
                        .filter(file -> RouteFile.isConnector(file.file())
                                && file.routes().contains(id))
                        .map(RouteState::file)
                        .findFirst();
    }

    private static String newFile(String id) {
        return RouteFile.CONNECTORS + "/" + id + ENDING;
    }
}
