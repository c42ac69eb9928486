package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.delivery.DestinationOutages;
import org.junit.jupiter.api.Test;

class KnownHindrancesTest {
    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final MappingFiles files = new MappingFiles(clock);
    private final MappingSources mappings = files.sources();
    private final Connectors connectors = new Connectors();
    private final Map<String, String> stopped = new HashMap<>();
    private final KnownHindrances hindrances = new KnownHindrances(
            connectors,
            mappings,
            DestinationOutages.of("", new Alarms(), new SimpleMeterRegistry(), clock),
            () -> stopped);

    @Test
    void aConnectorThatDoesNotRunIsWhatItsPagesWaitFor() throws IOException {
        assertThat(hindrances.of("wechat"))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("The connector wechat does not run"));
        run();
        assertThat(hindrances.of("wechat")).isEmpty();
    }

    @Test
    void aStoppedRouteThatAllMessagesPassHoldsUpAllOfThem() throws IOException {
        run();
        stopped.put("collect-run", "the route 'collect-run' is Stopped");
        stopped.put("wechat", "the route 'wechat' is Stopped");
        assertThat(hindrances.of("wechat")).as("nothing on the way of a page").isEmpty();
        stopped.put("deliver-batch", "the route 'deliver-batch' is Stopped");
        assertThat(hindrances.of("wechat")).contains("The route 'deliver-batch' is Stopped.");
    }

    private void run() throws IOException {
        Connector connector =
                files.with(new Connector("wechat", "WeChat", "WECHAT", "WeChat", "0 15 2 * * ?", "ops", "", false));
        files.write("wechat", MappingFiles.HEADER + "+447911123456,anna@example.com\n");
        mappings.register(connector);
        connectors.replace(Map.of(connector.id(), connector), List.of());
    }
}
