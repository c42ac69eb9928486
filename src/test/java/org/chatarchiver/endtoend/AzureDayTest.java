package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.servers.Azurite;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day that lands in Azure Blob Storage: what stands in the container, and that all of it is delivered from there. */
@RequiresProgram("azurite-blob")
class AzureDayTest {
    private static final byte[] PHOTO = "bytes by href".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void pagesManifestAndAttachmentsLandInTheContainerAndTheDayIsDelivered() throws Exception {
        try (Azurite azurite = Azurite.start();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"));
                TestBed bed = TestBed.start(folder, settings -> TestBed.with(mail)
                        .apply(settings)
                        .set("archiver.landing", "azure")
                        .set("archiver.azure.container", "landing")
                        .set("archiver.azure.connection-string", azurite.connectionString()))) {
            TestBed.Window window = bed.window();
            for (int i = 0; i < 120; i++) {
                bed.add(window, TestBed.text("text-" + i, "Text " + i));
            }
            bed.feed().attachment("photo", out -> out.write(PHOTO));
            ObjectNode photo = TestBed.text("photo", "A photo");
            photo.putArray("attachment")
                    .addObject()
                    .put("name", "photo.jpg")
                    .put("href", "/archive/v1/attachments/photo");
            bed.add(window, photo);

            RunReport report = bed.run(window);

            assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(report.imported()).isEqualTo(121);
            assertThat(mail.count(TestBed.ANN, TestBed.FOLDER)).isEqualTo(121);
            BlobContainerClient container = new BlobServiceClientBuilder()
                    .connectionString(azurite.connectionString())
                    .buildClient()
                    .getBlobContainerClient("landing");
            assertThat(report.pages()).hasSize(2);
            for (Page page : report.pages()) {
                byte[] plain = gunzipped(read(container, page.path()));
                assertThat(plain).hasSize(Math.toIntExact(page.size()));
                assertThat(Hashes.hex(plain)).isEqualTo(page.sha256());
            }
            holdsTheAttachment(container, report);
            holdsTheManifest(container, report);
            assertThat(bed.home().data().resolve("landing")).doesNotExist();
        }
    }

    private static void holdsTheAttachment(BlobContainerClient container, RunReport report) {
        String path = folder(report) + "attachments/" + Hashes.hex(PHOTO);
        assertThat(container.listBlobs().stream().map(BlobItem::getName)).contains(path);
        assertThat(read(container, path)).isEqualTo(PHOTO);
    }

    private static void holdsTheManifest(BlobContainerClient container, RunReport report) throws IOException {
        JsonNode manifest = new ObjectMapper().readTree(read(container, folder(report) + "manifest.json"));
        assertThat(manifest.path("run").asText()).isEqualTo(report.run().id());
        assertThat(manifest.path("availableFromSource").asLong()).isEqualTo(121);
        assertThat(manifest.path("pages").findValuesAsText("sha256"))
                .isEqualTo(report.pages().stream().map(Page::sha256).toList());
        assertThat(manifest.path("attachments").toString()).contains(Hashes.hex(PHOTO));
    }

    private static String folder(RunReport report) {
        String page = report.pages().get(0).path();
        return page.substring(0, page.lastIndexOf('/') + 1);
    }

    private static byte[] read(BlobContainerClient container, String path) {
        return container.getBlobClient(path).downloadContent().toBytes();
    }

    private static byte[] gunzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
