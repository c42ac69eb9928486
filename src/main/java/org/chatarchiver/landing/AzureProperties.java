package org.chatarchiver.landing;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where {@code archiver.landing=azure} lands.
 *
 * @param endpoint the account's URL, such as {@code https://account.blob.core.windows.net}; the credential is that of
 *     {@code archiver.azure-ad.*}
 * @param container 3 to 63 lower-case letters, digits and single hyphens; made if missing
 * @param connectionString instead of endpoint and credential; secret
 */
@ConfigurationProperties("archiver.azure")
public record AzureProperties(String endpoint, String container, String connectionString) {
    // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");

    public AzureProperties {
        endpoint = endpoint == null ? "" : endpoint.strip();
        container = container == null ? "" : container.strip();
        connectionString = connectionString == null ? "" : connectionString.strip();
    }

    /** Refuses what cannot work, naming the setting. */
    void validate() {
        if (!CONTAINER.matcher(container).matches()) {
            throw new IllegalArgumentException("archiver.azure.container is \"" + container
                    + "\": needed with archiver.landing=azure, 3 to 63 lower-case letters, digits and single hyphens");
        }
        if (endpoint.isEmpty() == connectionString.isEmpty()) {
            throw new IllegalArgumentException(
                    "archiver.landing=azure needs either archiver.azure.endpoint or archiver.azure.connection-string");
        }
        if (!endpoint.isEmpty()) {
            requireSafe(endpoint, "archiver.azure.endpoint");
        }
    }

    /** Plain HTTP carries messages and signatures in the open: only within the machine. */
    static void requireSafe(String url, String setting) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " holds no valid URL", e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(http ? isLoopback(uri.getHost()) : "https".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    setting + " must be https://<host>, or http:// on a loopback host; it names " + uri.getScheme()
                            + "://" + uri.getHost());
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[\\d.]+|\\[.*]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "AzureProperties[endpoint=" + endpoint + ", container=" + container + ", connectionString="
                + (connectionString.isEmpty() ? "" : "***") + "]";
    }
}
