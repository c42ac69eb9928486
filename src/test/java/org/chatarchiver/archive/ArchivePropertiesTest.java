package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ArchivePropertiesTest {
    @Test
    void howLongAPageCountsAsQueuedFollowsTheQueueUnlessItIsSet() {
        assertThat(queuedFor(Map.of("archiver.page-queue", "seda:pages?size=1000")))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(queuedFor(Map.of("archiver.page-queue", "amqp:queue:pages"))).isEqualTo(Duration.ofHours(1));
        assertThat(queuedFor(Map.of("archiver.page-queue", "amqp:queue:pages", "archiver.queued-for", "5s")))
                .isEqualTo(Duration.ofSeconds(5));
    }

    private static Duration queuedFor(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("archiver", ArchiveProperties.class)
                .queuedFor();
    }
}
