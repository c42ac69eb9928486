package org.chatarchiver.routing;

import java.util.Optional;
import org.chatarchiver.mapping.MappingStore;
import org.springframework.stereotype.Component;

/** Tells the mapping which file each connector has. */
@Component("mappingSources")
public class MappingSources {
    private final MappingStore store;

    MappingSources(MappingStore store) {
        this.store = store;
    }

    void register(Connector connector) {
        store.register(connector.id(), connector.mapping());
    }

    /** Why the connector's mapping file as it is now is not in use. */
    Optional<String> problem(Connector connector) {
        return store.problems(connector.id())
                .map(rejected ->
                        "The mapping file of '" + connector.id() + "' is refused, the one in use stays: " + rejected);
    }

    /** Takes in changed files. */
    public void refresh() {
        store.refresh();
    }
}
