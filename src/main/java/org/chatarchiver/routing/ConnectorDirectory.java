package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.ConnectorEdits.Belongings;
import org.chatarchiver.routing.ConnectorEdits.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The directory of the connectors' files, which may be another's affair: of a deployment that mounts it, or of several archivers. */
@Component
class ConnectorDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorDirectory.class);

    private final Path routes;
    private final Archivers archivers;

    ConnectorDirectory(RoutesProperties properties, Archivers archivers) {
        this.routes = properties.routes();
        this.archivers = archivers;
    }

    /** @param options without which a file that is there stays as it is */
    Outcome write(Connector connector, String file, Belongings belongings, CopyOption... options) {
        String text = ConnectorText.of(connector);
        Optional<String> shared = shared();
        if (shared.isPresent()) {
            return new Outcome.ToCommit(file, text, shared.get());
        }
        try {
            Path target = routes.resolve(file);
            // A name that is not read, until it is whole.
            Path written = Files.createTempFile(target.getParent(), ".", ".new");
            try {
                Files.writeString(written, text, StandardCharsets.UTF_8);
                belongings.write();
                Files.move(written, target, options);
            } finally {
                Files.deleteIfExists(written);
            }
            return new Outcome.Written(file);
        } catch (FileAlreadyExistsException e) {
            return ConnectorEdits.exists(connector.id());
        } catch (IOException e) {
            return toCommit(file, text, e);
        }
    }

    /** One that is gone already is as good. */
    Outcome delete(String file) {
        Optional<String> shared = shared();
        if (shared.isPresent()) {
            return new Outcome.ToCommit(file, "", shared.get());
        }
        try {
            Files.deleteIfExists(routes.resolve(file));
            return new Outcome.Written(file);
        } catch (IOException e) {
            return toCommit(file, "", e);
        }
    }

    private static Outcome toCommit(String file, String text, IOException e) {
        String why = Printable.of(e.toString());
        LOG.info("{} cannot be written, so it is to be committed: {}", file, why);
        return new Outcome.ToCommit(file, text, "It cannot be written here (" + why + ")");
    }

    /** Why a file that is written here would not be enough. */
    private Optional<String> shared() {
        int others = archivers.others();
        return others == 0
                ? Optional.empty()
                : Optional.of((others == 1 ? "Another archiver works" : others + " other archivers work")
                        + " with this ledger, and would not see what is written here");
    }
}
