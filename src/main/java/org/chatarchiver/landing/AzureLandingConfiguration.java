package org.chatarchiver.landing;

import com.azure.core.credential.TokenCredential;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;
import org.chatarchiver.ledger.LandingZone;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The landing zone in Azure Blob Storage. Nothing is asked of Azure at start: an outage there must not keep the archiver down. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "archiver.landing", havingValue = "azure")
class AzureLandingConfiguration {
    private static final int TRIES = 4;
    private static final Duration TRY_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_DELAY = Duration.ofSeconds(15);

    @Bean
    BlobServiceClient blobServiceClient(AzureProperties azure, ObjectProvider<TokenCredential> credential) {
        azure.validate();
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, TRY_TIMEOUT, FIRST_DELAY, LAST_DELAY, null));
        return azure.connectionString().isEmpty()
                ? builder.endpoint(azure.endpoint())
                        .credential(credential.getObject())
                        .buildClient()
                : withConnectionString(builder, azure.connectionString());
    }

    @Bean
    Landing landing(
            BlobServiceClient blobServiceClient,
            AzureProperties azure,
            Environment settings,
            ObjectProvider<LandingZone> zone,
            ObjectProvider<Staging> staging) {
        return Landing.of(
                new AzureStore(blobServiceClient.getBlobContainerClient(azure.container())), settings, zone, staging);
    }

    private static BlobServiceClient withConnectionString(BlobServiceClientBuilder builder, String connectionString) {
        BlobServiceClient client;
        try {
            client = builder.connectionString(connectionString).buildClient();
        } catch (IllegalArgumentException e) {
            // Without its cause, whose message may hold the key.
            throw new IllegalArgumentException(
                    "archiver.azure.connection-string is not a valid connection string of a storage account");
        }
        AzureProperties.requireSafe(client.getAccountUrl(), "archiver.azure.connection-string");
        return client;
    }
}
