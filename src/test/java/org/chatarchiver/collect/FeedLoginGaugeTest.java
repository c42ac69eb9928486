package org.chatarchiver.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedLoginGaugeTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    @Test
    void aPasswordThatIsMissingOrRefusedIsSeen() throws IOException {
        DataDirectory data = new DataDirectory(folder);
        new FeedLoginGauge(registry, new FeedLogins(new Secrets(data), data, Clock.systemUTC()))
                .connectors(List.of(connector("wechat"), connector("whatsapp")));
        assertThat(unusable("wechat")).isEqualTo(1);
        Path file = data.directory("secrets", "wechat").resolve("password");
        Files.writeString(file, "secret");
        assertThat(unusable("wechat")).isZero();
        assertThat(unusable("whatsapp")).isEqualTo(1);
        Files.writeString(file, "two\nlines");
        assertThat(unusable("wechat")).isEqualTo(1);
    }

    private static Connector connector(String id) {
        return new Connector(id, id, "WECHAT", id, "0 15 2 * * ?", "ops", "", true);
    }

    private double unusable(String connector) {
        return registry.get("archiver.secret.unusable")
                .tag("connector", connector)
                .gauge()
                .value();
    }
}
