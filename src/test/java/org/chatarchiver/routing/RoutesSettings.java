package org.chatarchiver.routing;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of the routes as an operator leaves them, or with one of them changed. */
final class RoutesSettings {
    private RoutesSettings() {}

    static RoutesProperties shipped() {
        return with(Map.of());
    }

    /** @param changed from {@code archiver.} on, to values as they are written in a file */
    static RoutesProperties with(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(changed);
        all.put("archiver.page-queue", "seda:pages");
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("archiver", RoutesProperties.class)
                .get();
    }
}
