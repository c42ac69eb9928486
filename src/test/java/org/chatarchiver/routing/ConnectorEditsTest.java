package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.routing.ConnectorEdits.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorEditsTest {
    @TempDir
    Path routes;

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private Path file;
    private ConnectorEdits edits;

    @BeforeEach
    void aConnectorThatRunsAndThatNoLookHasToldOfYet() throws Exception {
        RoutesProperties properties = new RoutesProperties(routes, Duration.ofSeconds(5), Set.of());
        file = Files.createDirectories(routes.resolve("connectors")).resolve("mine.camel.yaml");
        Files.writeString(file, ConnectorText.of(LedgerOnH2.connector("signal")));
        edits = new ConnectorEdits(
                new ConnectorDirectory(properties, ledger.bean(Archivers.class)),
                properties,
                new LandingProperties("file", "data"),
                null,
                RoutingFixture.states(ledger.clock()),
                ledger.connectors("signal", "elsewhere"),
                ledger.bean(KnownConnectors.class),
                ledger.bean(AuditNotes.class));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void itIsRemovedByTheFileThatSaysIt() {
        assertThat(edits.remove("signal", false, "ada")).isEqualTo(new Outcome.Written("connectors/mine.camel.yaml"));
        assertThat(file).doesNotExist();
    }

    @Test
    void oneThatNoFileSaysIsUnknown() {
        assertThat(edits.remove("elsewhere", false, "ada")).isInstanceOf(Outcome.Unknown.class);
        assertThat(edits.remove("signals", false, "ada")).isInstanceOf(Outcome.Unknown.class);
        assertThat(file).exists();
    }
}
