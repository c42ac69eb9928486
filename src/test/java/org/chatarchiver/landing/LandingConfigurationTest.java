package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.storage.blob.BlobServiceClient;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

class LandingConfigurationTest {
    private static final String KEY = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    @TempDir
    Path data;

    private ApplicationContextRunner archiver;

    @BeforeEach
    void archiver() {
        archiver = new ApplicationContextRunner()
                .withUserConfiguration(Beans.class)
                .withBean(ProducerTemplate.class, () -> new DefaultCamelContext().createProducerTemplate())
                .withPropertyValues("archiver.data=" + data);
    }

    @Test
    void aDirectoryIsTheDefault() {
        archiver.run(context -> {
            assertThat(context).hasSingleBean(Landings.class).hasSingleBean(Landing.class);
            assertThat(context).doesNotHaveBean(BlobServiceClient.class);
        });
    }

    @Test
    void azureWorksWithAConnectionString() {
        archiver.withPropertyValues(
                        "archiver.landing=azure",
                        "archiver.azure.container=landing",
                        "archiver.azure.connection-string=DefaultEndpointsProtocol=https;AccountName=a;AccountKey="
                                + KEY + ";EndpointSuffix=core.windows.net")
                .run(context -> {
                    assertThat(context).hasSingleBean(Landing.class);
                    assertThat(context.getBean("blobServiceClient", BlobServiceClient.class)
                                    .getAccountUrl())
                            .isEqualTo("https://a.blob.core.windows.net");
                    assertThat(context.getBean(AzureProperties.class).toString())
                            .contains("***")
                            .doesNotContain(KEY);
                });
    }

    @Test
    void azureWorksWithAnEndpointAndTheCredentialOfTheArchiver() {
        archiver.withBean(
                        TokenCredential.class, () -> request -> Mono.just(new AccessToken("token", OffsetDateTime.MAX)))
                .withPropertyValues(
                        "archiver.landing=azure",
                        "archiver.azure.container=landing",
                        "archiver.azure.endpoint=https://a.blob.core.windows.net")
                .run(context -> assertThat(context).hasSingleBean(BlobServiceClient.class));
    }

    @Test
    void anUnknownLandingStopsTheStart() {
        archiver.withPropertyValues("archiver.landing=s3").run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessage("archiver.landing is \"s3\"; it must be file or azure"));
    }

    @Test
    void aBrokenConnectionStringStopsTheStartWithoutBeingShown() {
        archiver.withPropertyValues(
                        "archiver.landing=azure",
                        "archiver.azure.container=landing",
                        "archiver.azure.connection-string=AccountKey=" + KEY)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("archiver.azure.connection-string is not a valid")
                        .satisfies(failure ->
                                assertThat(Throwables.getStackTrace(failure)).doesNotContain(KEY)));
    }

    @Test
    void aConnectionStringOverPlainHttpIsRefused() {
        archiver.withPropertyValues(
                        "archiver.landing=azure",
                        "archiver.azure.container=landing",
                        "archiver.azure.connection-string=AccountName=a;AccountKey=" + KEY
                                + ";BlobEndpoint=http://storage.example.invalid/a")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("archiver.azure.connection-string must be https"));
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        for (String container : List.of("", "ab", "Landing", "a--b", "-ab", "abc-", "a_b", "a".repeat(64))) {
            assertThatThrownBy(() -> new AzureProperties("https://a", container, "").validate())
                    .hasMessageContaining("archiver.azure.container");
        }
        assertThatThrownBy(() -> new AzureProperties(null, "landing", null).validate())
                .hasMessageContaining("archiver.azure.endpoint");
        for (String endpoint :
                List.of("http://a.example.invalid", "http://127.0.0.1.evil.invalid", "ftp://a", "https://", "a b")) {
            assertThatThrownBy(() -> new AzureProperties(endpoint, "landing", "").validate())
                    .as(endpoint)
                    .hasMessageContaining("archiver.azure.endpoint");
        }
        for (String endpoint :
                List.of("https://a.blob.core.windows.net", "http://127.0.0.1:10000/a", "http://[::1]:1/a")) {
            assertThatCode(() -> new AzureProperties(endpoint, "landing", "").validate())
                    .doesNotThrowAnyException();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(AzureProperties.class)
    @Import({LandingConfiguration.class, AzureLandingConfiguration.class})
    static class Beans {}
}
