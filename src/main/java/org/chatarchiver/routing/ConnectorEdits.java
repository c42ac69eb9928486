package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes connector files as an operator would; what is written is noticed, checked again and put into force like any other edit. */
@Component
public class ConnectorEdits {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorEdits.class);
    private static final String ENDING = ".camel.yaml";

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

    public Outcome add(Connector connector) {
        String file = newFile(connector.id());
        if (file(connector.id()).isPresent() || Files.exists(routes.resolve(file))) {
            return new Outcome.Exists("There is a connector '" + Printable.of(connector.id()) + "' already");
        }
        return save(connector, file);
    }

    public Outcome replace(Connector connector) {
        return file(connector.id())
                .map(file -> save(connector, file))
                .orElseGet(() -> new Outcome.Unknown("There is no connector '" + Printable.of(connector.id())
                        + "'; GET /api/connectors lists them"));
    }

    private Outcome save(Connector connector, String file) {
        List<Problem> problems = validate(connector);
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        String text = ConnectorText.of(connector);
        try {
            Path target = routes.resolve(file);
            // A name that is not read, until it is whole.
            Path written = Files.createTempFile(target.getParent(), ".", ".new");
            try {
                Files.writeString(written, text, StandardCharsets.UTF_8);
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
            return new Outcome.Written(file);
        } catch (IOException e) {
            return toCommit(file, text, e);
        }
    }

    /** @param confirmed whether what waits for the connector may be stranded */
    public Outcome remove(String id, boolean confirmed) {
        Optional<String> file = file(id);
        if (file.isEmpty()) {
            return new Outcome.Unknown(
                    "There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them");
        }
        Optional<KnownConnectors.Work> work =
                known.work().stream().filter(one -> one.connector().equals(id)).findFirst();
        if (work.isPresent() && !confirmed) {
            return new Outcome.Waits(work.get());
        }
        try {
            Files.delete(routes.resolve(file.get()));
            return new Outcome.Written(file.get());
        } catch (IOException e) {
            return toCommit(file.get(), "", e);
        }
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
