package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MappingPropertiesTest {

    @Test
    void everyKeyIsMapped() {
        Map<String, String> keys = Map.of(
                "archiver.mapping.default-region", "GB",
                "archiver.mapping.present-for", "1h",
                "archiver.mapping.missing-for", "2m",
                "archiver.mapping.cached-mailboxes", "3",
                "archiver.mapping.settle", "4s");
        assertThat(bind(keys))
                .isEqualTo(new MappingProperties(
                        "GB", Duration.ofHours(1), Duration.ofMinutes(2), 3, Duration.ofSeconds(4)));
        assertThat(keys).hasSize(MappingProperties.class.getRecordComponents().length);
    }

    @Test
    void nothingNeedsToBeSet() {
        assertThat(bind(Map.of())).isEqualTo(Defaults.PROPERTIES);
    }

    @Test
    void badValuesAreRefusedByTheNameOfTheirKey() {
        assertRefused("default-region", "UK");
        assertRefused("default-region", "gb");
        assertRefused("present-for", "0s");
        assertRefused("missing-for", "-1s");
        assertRefused("settle", "0s");
        assertRefused("cached-mailboxes", "0");
    }

    private static void assertRefused(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("archiver.mapping." + key, value)))
                .rootCause()
                .hasMessageContaining("archiver.mapping." + key + " is ");
    }

    private static MappingProperties bind(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("archiver.mapping", MappingProperties.class);
    }
}
