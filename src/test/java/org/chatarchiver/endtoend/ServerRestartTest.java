package org.chatarchiver.endtoend;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's or the landing zone's server is stopped in the middle of a run and started again. */
@RequiresProgram({"dovecot", "python3", "azurite-blob"})
class ServerRestartTest {
    private static final int MESSAGES = 400;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Stops a server and starts it again. */
    private interface Restart {
        void restart() throws IOException, InterruptedException;
    }

    @Test
    void postgresRestarts() throws Exception {
        Path data = folder.resolve("postgres");
        int port = freePort();
        EmbeddedPostgres postgres = start(port, data);
        try (FaultBed faults = new FaultBed(folder, true, settings -> settings.set(
                        "spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                .set("spring.datasource.username", "postgres")
                .set("spring.datasource.password", "postgres")
                .set("spring.datasource.hikari.connection-timeout", "2000"))) {
            EmbeddedPostgres[] running = {postgres};
            inTheMiddle(faults, () -> {
                running[0].close();
                running[0] = start(port, data);
            });
            postgres = running[0];
        } finally {
            postgres.close();
        }
    }

    private static EmbeddedPostgres start(int port, Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    @Test
    void azuriteRestarts() throws Exception {
        try (Azurite azurite = Azurite.start();
                FaultBed faults = new FaultBed(folder, true, settings -> settings.set("archiver.landing", "azure")
                        .set("archiver.azure.container", "landing")
                        .set("archiver.azure.connection-string", azurite.connectionString()))) {
            inTheMiddle(faults, () -> {
                azurite.stop();
                azurite.startAgain();
            });
        }
    }

    private static void inTheMiddle(FaultBed faults, Restart server) throws Exception {
        faults.proxy().latency(Duration.ofMillis(20));
        String run = faults.start("restart", MESSAGES);
        await().atMost(SOON)
                .until(() -> faults.bed().archiver().report(run).run().landed() != null
                        && faults.bed().archiver().report(run).imported() < MESSAGES);
        server.restart();
        faults.proxy().latency(Duration.ZERO);

        faults.everyMessageIsThereOnce(run, "restart", MESSAGES);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
