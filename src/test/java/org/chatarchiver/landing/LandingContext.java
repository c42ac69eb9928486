package org.chatarchiver.landing;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with one of the real route files of the landing zone, and nothing else. */
public final class LandingContext implements AutoCloseable {
    static final String CONTAINER = "landing-test";

    private final CamelContext camel;
    private final Staging staging;
    private final Landings landings;
    private final LandedRuns landedRuns;

    private LandingContext(CamelContext camel, Landing landing, String file, Path staging) throws Exception {
        this.camel = camel;
        this.staging = new Staging(staging);
        camel.setStreamCaching(false);
        camel.getRegistry().bind("landing", landing);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/landing/" + file));
        camel.start();
        this.landings = new Landings(camel.createProducerTemplate(), landing, this.staging);
        this.landedRuns = new LandedRuns(landing);
    }

    public static LandingContext directory(Path data) throws Exception {
        Landing landing = new Landing(new DirectoryStore(data.resolve("landing")));
        return new LandingContext(new DefaultCamelContext(), landing, "file.camel.yaml", data.resolve("staging"));
    }

    static LandingContext azure(String connectionString, Path data) throws Exception {
        BlobServiceClient client = new BlobServiceClientBuilder()
                .connectionString(connectionString)
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Integer) 60, null, null, null))
                .buildClient();
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().addInitialProperty("archiver.azure.container", CONTAINER);
        camel.getRegistry().bind("blobServiceClient", client);
        Landing landing = new Landing(new AzureStore(client.getBlobContainerClient(CONTAINER)));
        return new LandingContext(camel, landing, "azure.camel.yaml", data.resolve("staging"));
    }

    public Staging staging() {
        return staging;
    }

    public LandedRuns landedRuns() {
        return landedRuns;
    }

    public Landings landings() {
        return landings;
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        staging.close();
    }
}
