package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresProgram("azurite-blob")
class AzureLandingTest extends LandingContract {
    private static Azurite azurite;

    @BeforeAll
    static void start() {
        azurite = Azurite.start();
    }

    @AfterAll
    static void stop() {
        azurite.close();
    }

    @Override
    LandingContext open(Path data) throws Exception {
        return LandingContext.azure(azurite.connectionString(), data);
    }

    @Override
    List<String> connection() {
        return List.of(azurite.connectionString());
    }

    @Override
    void overwrite(String path, byte[] bytes) {
        container().getBlobClient(path).upload(BinaryData.fromBytes(bytes), true);
    }

    @Override
    byte[] stored(String path) {
        return container().getBlobClient(path).downloadContent().toBytes();
    }

    @Test
    void theContainerIsMadeOnFirstUse() throws Exception {
        container().deleteIfExists();

        Landed landed = land(run().page(1), "first");

        assertThat(read(landed)).isEqualTo("first");
    }

    @Test
    void aStorageThatIsAwayGivesAnErrorThatNamesTheRoute(@TempDir Path other) throws Exception {
        String nobody = azurite.connectionString().replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:1");
        try (LandingContext away = LandingContext.azure(nobody, other)) {
            Staged<Void> staged = away.staging().stage(run().page(1), new byte[] {1}, null);

            assertThatThrownBy(() -> away.landings().land(staged))
                    .isInstanceOf(LandingException.class)
                    .hasMessageContaining("direct:land-object");
            assertThat(staged.file()).doesNotExist();
        }
    }

    private static BlobContainerClient container() {
        return new BlobServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .buildClient()
                .getBlobContainerClient(LandingContext.CONTAINER);
    }
}
