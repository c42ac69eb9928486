package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pod that is started in an outage of the landing zone answers its probes, or it is killed and started for as long as that lasts. */
class LandingOutageStartTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void aStartDoesNotWaitForALandingZoneThatNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"));
                TestBed bed = TestBed.start(folder, settings -> TestBed.with(mail)
                        .apply(settings)
                        .on(postgres)
                        .set("archiver.landing", "azure")
                        .set("archiver.azure.container", "landing")
                        .set(
                                "archiver.azure.connection-string",
                                "DefaultEndpointsProtocol=http;AccountName=silent;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:"
                                        + silent.getLocalPort() + "/silent;"))) {
            assertThat(new ApiClient(bed.archiver())
                            .get("/actuator/health/liveness")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
