package org.chatarchiver.security;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.net.URI;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The credential for Exchange Online and Azure Storage; made when something asks for it. */
@Configuration(proxyBeanMethods = false)
class AzureAdConfiguration {
    /** Only these are known to Microsoft's instance discovery; any other would be refused by it. */
    private static final Set<String> DISCOVERABLE = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn");

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TokenCredential tokenCredential(AzureAdProperties properties) {
        boolean foreign =
                !DISCOVERABLE.contains(URI.create(properties.authorityHost()).getHost());
        if (!properties.clientSecret().isEmpty()) {
            ClientSecretCredentialBuilder secret = new ClientSecretCredentialBuilder()
                    .authorityHost(properties.authorityHost())
                    .tenantId(properties.tenantId())
                    .clientId(properties.clientId())
                    .clientSecret(properties.clientSecret());
            return (foreign ? secret.disableInstanceDiscovery() : secret).build();
        }
        if (!properties.certificate().isEmpty()) {
            ClientCertificateCredentialBuilder certificate = new ClientCertificateCredentialBuilder()
                    .authorityHost(properties.authorityHost())
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
        DefaultAzureCredentialBuilder ambient =
                new DefaultAzureCredentialBuilder().authorityHost(properties.authorityHost());
        if (!properties.tenantId().isEmpty()) {
            ambient.tenantId(properties.tenantId());
        }
        if (!properties.clientId().isEmpty()) {
            ambient.workloadIdentityClientId(properties.clientId()).managedIdentityClientId(properties.clientId());
        }
        return (foreign ? ambient.disableInstanceDiscovery() : ambient).build();
    }
}
