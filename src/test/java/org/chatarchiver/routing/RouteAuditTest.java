package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditEntry;
import org.chatarchiver.audit.AuditLog;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.connector.LedgerOnH2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edit of route files leaves in the audit log, which readers see and nobody can remove anything from. */
class RouteAuditTest {
    @TempDir
    Path routes;

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final RouteAudit audit = new RouteAudit(ledger.bean(AuditNotes.class));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void valuesOfSecretsAreLeftOutInWhateverWayTheyAreWritten() throws Exception {
        audit.edited(files("a: 1"), files("""
                        uri: https://example.com/hook?token=s3cr3t-a&x=1
                        parameters: {username: ops, password: s3cr3t-b}
                        # password: s3cr3t-c
                        password: "s3cr3t-d"
                        constant: "Bearer s3cr3t-e"
                        schedule: 0 15 2 * * ?
                        """));

        assertThat(entry().detail())
                .contains("schedule: 0 15 2 * * ?", "xxxxxx")
                .doesNotContain("s3cr3t");
    }

    @Test
    void aVeryLargeEditIsCutAndItsLinesCounted() throws Exception {
        String large = IntStream.range(0, 140)
                .mapToObj(i -> "key" + i + ": '" + "\\\"".repeat(200) + "'\n")
                .collect(Collectors.joining());

        audit.edited(files("a: 1"), files(large));

        assertThat(entry().detail()).contains("\"diffLines\":144").hasSizeLessThan(65_536);
    }

    private AuditEntry entry() {
        ledger.bean(AuditChain.class).append();
        return ledger.bean(AuditLog.class).newest(AuditLog.Filter.ALL, 1, 0).get(0);
    }

    private List<RouteFile> files(String text) throws Exception {
        Files.createDirectories(routes.resolve("connectors"));
        Files.writeString(routes.resolve("mine.camel.yaml"), text);
        return RouteFile.readAll(routes, "file");
    }
}
