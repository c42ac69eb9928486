package org.chatarchiver.security;

import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who the archiver is at Microsoft Entra ID. With neither secret nor certificate azure-identity's own order counts: environment, workload
 * identity, managed identity.
 *
 * @param authorityHost https URL of the cloud's log-in
 * @param tenantId id of the directory
 * @param clientId id of the registered application
 * @param clientSecret password of the application; secret
 * @param certificate certificate of the application instead of a secret: a PEM file, or PFX with certificate-password
 * @param certificatePassword password of a PFX file; secret
 */
@ConfigurationProperties("archiver.azure-ad")
public record AzureAdProperties(
        @DefaultValue("https://login.microsoftonline.com") String authorityHost,
        @DefaultValue("") String tenantId,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("") String certificate,
        @DefaultValue("") String certificatePassword) {

    /** Refuses what cannot work, by constructor: a failed annotation would have the refused value printed. */
    public AzureAdProperties {
        if (!authorityHost.matches("https://[^/?#@\\s]+/?")) {
            throw new IllegalArgumentException("archiver.azure-ad.authority-host is \"" + Printable.of(authorityHost)
                    + "\"; it must be https:// and a host, such as https://login.microsoftonline.com");
        }
        if (!clientSecret.isEmpty() && !certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    "archiver.azure-ad has both a client-secret and a certificate; remove one");
        }
        if ((!clientSecret.isEmpty() || !certificate.isEmpty()) && (tenantId.isBlank() || clientId.isBlank())) {
            throw new IllegalArgumentException(
                    "archiver.azure-ad has a client-secret or a certificate, which needs tenant-id and client-id too; set both");
        }
    }

    @Override
    public String toString() {
        return clientId + "@" + tenantId;
    }
}
