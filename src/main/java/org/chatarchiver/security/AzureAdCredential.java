package org.chatarchiver.security;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Configuration;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/**
 * The credential of azure-identity that {@code archiver.azure-ad} describes, made at the first token that is asked of it: Camel's component
 * for Azure Storage takes any credential that is there, and a start that needs none is not to wait for those classes.
 */
final class AzureAdCredential implements TokenCredential {
    /** Only these are known to Microsoft's instance discovery; any other would be refused by it. */
    private static final Set<String> DISCOVERABLE = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn");

    private final SingletonSupplier<TokenCredential> credential;

    AzureAdCredential(AzureAdProperties properties) {
        this.credential = SingletonSupplier.of(() -> credential(properties));
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return credential.obtain().getToken(request);
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return credential.obtain().getTokenSync(request);
    }

    private static TokenCredential credential(AzureAdProperties properties) {
        boolean foreign =
                !DISCOVERABLE.contains(URI.create(properties.authorityHost()).getHost());
        if (!properties.clientSecret().isEmpty()) {
            ClientSecretCredentialBuilder secret = new ClientSecretCredentialBuilder()
                    .authorityHost(properties.authorityHost())
                    .retryOptions(twice())
                    .tenantId(properties.tenantId())
                    .clientId(properties.clientId())
                    .clientSecret(properties.clientSecret());
            return (foreign ? secret.disableInstanceDiscovery() : secret).build();
        }
        if (!properties.certificate().isEmpty()) {
            ClientCertificateCredentialBuilder certificate = new ClientCertificateCredentialBuilder()
                    .authorityHost(properties.authorityHost())
                    .retryOptions(twice())
                    .tenantId(properties.tenantId())
                    .clientId(properties.clientId());
            if (properties.certificate().endsWith(".pfx")) {
                certificate
                        .pfxCertificate(properties.certificate())
                        .clientCertificatePassword(properties.certificatePassword());
            } else {
                certificate.pemCertificate(properties.certificate());
            }
            return (foreign ? certificate.disableInstanceDiscovery() : certificate).build();
        }
        // The identity of a pod or a machine: a developer's own log-in, which the library looks for behind those, is
        // none of the archiver's.
        DefaultAzureCredentialBuilder ambient = new DefaultAzureCredentialBuilder()
                .configuration(Configuration.getGlobalConfiguration().clone().put("AZURE_TOKEN_CREDENTIALS", "prod"))
                .authorityHost(properties.authorityHost())
                .retryOptions(twice());
        if (!properties.tenantId().isEmpty()) {
            ambient.tenantId(properties.tenantId());
        }
        if (!properties.clientId().isEmpty()) {
            ambient.workloadIdentityClientId(properties.clientId()).managedIdentityClientId(properties.clientId());
        }
        return (foreign ? ambient.disableInstanceDiscovery() : ambient).build();
    }

    /** Whoever asks for a token tries again by itself; tries of tries would have a short outage last for minutes. */
    private static RetryOptions twice() {
        return new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500)));
    }
}
