package org.chatarchiver.routing;

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

    /** Takes in changed files. */
    public void refresh() {
        store.refresh();
    }
}
