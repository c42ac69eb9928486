package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.collect.CollectingFixture;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.mapping.MappingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartLineTest {
    private final MovableClock clock = new MovableClock("2026-11-20T12:00:00Z");
    private final MappingFiles files = new MappingFiles(clock);
    private final MappingStore store = files.store();
    private final Connectors connectors = new Connectors();
    private final LedgerOnH2 ledger = new LedgerOnH2(clock);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theLineOfAStartTellsEachConnectorsNextRunAndItsRows() throws IOException {
        files.write("one", MappingFiles.HEADER + "447700900103,a@b.example\n447700900104,a@b.example\n");
        Connector one = files.with(connector("one", "0 15 2 * * ?"));
        Connector missing = files.with(connector("two", "0 0 0 1 1 ? 2020"));
        store.register("one", one.mapping());
        store.register("two", missing.mapping());
        store.register("three", "");
        CollectingFixture.put(connectors, List.of(), one, missing, connector("three", "0 30 12 * * ?"));

        assertThat(line())
                .contains(
                        "one (next run 2026-11-21T02:15:00Z, 2 mapping rows)",
                        "two (next run never, mapping file not usable)",
                        "three (next run 2026-11-20T12:30:00Z, no mapping file)");
    }

    @Test
    void aPausedConnectorIsShownAsOne() {
        CollectingFixture.put(connectors, List.of(), connector("one", "0 15 2 * * ?"));
        ledger.bean(ConnectorPauses.class).pause("one", "ada", "The feed\nmoves");

        assertThat(line())
                .matches("one \\(paused by 'ada' since [0-9T:-]+Z \\('The feed\\\\nmoves'\\), no mapping file\\)");
    }

    @Test
    void whatWasLeftOutIsCounted() {
        CollectingFixture.put(connectors, List.of(new Problem("connectors/bad.camel.yaml", 3, "It is bad.")));

        assertThat(line()).isEqualTo("no connector, 1 connector files left out");
    }

    private String line() {
        return new StartLine(connectors, ledger.bean(ConnectorPauses.class), store, null, null, clock).running();
    }

    private static Connector connector(String id, String schedule) {
        return new Connector(id, id, "WECHAT", id, schedule, "ops", "", true);
    }
}
