package org.chatarchiver.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.ConnectorEdits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins and ends the setting up of connectors, one draft for each. A draft that nobody has touched for 30 days is forgotten. */
@Component
public class Setups {
    private static final Logger LOG = LoggerFactory.getLogger(Setups.class);
    private static final Duration FORGOTTEN = Duration.ofDays(30);

    /** Drafts that go on; more are not begun. */
    private static final int MOST = 100;

    private static final String DAILY = "0 15 2 * * ?";

    private final Drafts drafts;
    private final DraftFiles files;
    private final DraftPasswords passwords;
    private final Connectors connectors;

    Setups(Drafts drafts, DraftFiles files, DraftPasswords passwords, Connectors connectors) {
        this.drafts = drafts;
        this.files = files;
        this.passwords = passwords;
        this.connectors = connectors;
    }

    /** One that adds a connector, with an id, a name and a folder that no other has. */
    public Draft add(Product product, String by) {
        clean();
        String id = free(product.id(), "-", one -> connectors.find(one).isPresent());
        String name = free(product.name(), " ", one -> connectors.all().stream()
                .anyMatch(other -> other.folder().equalsIgnoreCase(one)));
        return untouched(null, null, product.network(), by)
                .orElseGet(() -> drafts.begin(
                        UUID.randomUUID().toString(),
                        null,
                        null,
                        new Draft.Settings(id, name, product.network(), name, DAILY, "", "", true),
                        by));
    }

    /** One that changes a connector. */
    public Draft change(Connector connector, String by) {
        clean();
        String base = ConnectorEdits.digest(connector);
        return untouched(connector.id(), base, connector.network(), by)
                .orElseGet(() -> drafts.begin(
                        UUID.randomUUID().toString(),
                        connector.id(),
                        base,
                        new Draft.Settings(
                                connector.id(),
                                connector.name(),
                                connector.network(),
                                connector.folder(),
                                connector.schedule(),
                                connector.username(),
                                connector.mapping(),
                                connector.automaticMapping()),
                        by));
    }

    /** Of a button that was pressed twice, or of somebody who went back. */
    private Optional<Draft> untouched(String replaces, String base, String network, String by) {
        return open().stream()
                .filter(draft -> draft.version() == 1
                        && draft.started().by().equals(by)
                        && Objects.equals(draft.replaces(), replaces)
                        && Objects.equals(draft.base(), base)
                        && draft.settings().network().equals(network))
                .findFirst();
    }

    public Optional<Draft> find(String id) {
        return drafts.find(id);
    }

    /** Those that were left half-way, the latest first. */
    public List<Draft> open() {
        return drafts.open(MOST);
    }

    /** Goes on with one whose connector has not come. */
    public void reopen(String id) {
        drafts.open(id);
    }

    /** @return false, and nothing changed, where it is finished or gone */
    public boolean discard(String id) {
        boolean discarded = drafts.discard(id);
        if (discarded) {
            passwords.forget(id);
            clean();
        }
        return discarded;
    }

    /** Whether as many go on as may; then some are to be finished or discarded before another begins. */
    public boolean full() {
        return open().size() >= MOST;
    }

    private void clean() {
        drafts.forgotten(FORGOTTEN, MOST).forEach(drafts::forget);
        try {
            files.sweep(id -> drafts.find(id).isPresent());
        } catch (IOException e) {
            LOG.warn("Mapping files of drafts that are no more cannot be deleted: {}", Printable.of(e.toString()));
        }
    }

    private static String free(String wanted, String between, Predicate<String> taken) {
        String free = wanted;
        for (int number = 2; taken.test(free); number++) {
            free = wanted + between + number;
        }
        return free;
    }
}
