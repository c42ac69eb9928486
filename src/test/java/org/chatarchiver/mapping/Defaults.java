package org.chatarchiver.mapping;

import java.time.Duration;

/** The settings as they are where nothing is set. */
final class Defaults {
    static final MappingProperties PROPERTIES =
            new MappingProperties("", Duration.ofHours(24), Duration.ofMinutes(15), 100_000, Duration.ofSeconds(10));

    private Defaults() {}
}
