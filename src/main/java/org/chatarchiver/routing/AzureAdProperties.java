package org.chatarchiver.routing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who the archiver is at Microsoft Entra ID. With neither secret nor certificate azure-identity's own order counts: environment, workload
 * identity, managed identity.
 *
 * @param authorityHost https URL of the cloud's log-in
 * @param certificate PEM file, or PFX with the password {@code certificatePassword}
 */
@ConfigurationProperties("archiver.azure-ad")
public record AzureAdProperties(
        @DefaultValue("https://login.microsoftonline.com") String authorityHost,
        @DefaultValue("") String tenantId,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("") String certificate,
        @DefaultValue("") String certificatePassword) {
    @Override
    public String toString() {
        return clientId + "@" + tenantId;
    }
}
