package org.chatarchiver.msexchange.transport.graph;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;

/**
 * Where and how mailboxes are reached by Microsoft Graph.
 *
 * @param baseUrl of the cloud, with the version: {@code https://graph.microsoft.com/v1.0}
 * @param tokenScope what tokens are asked for
 * @param attachOriginal whether the e-mail goes along byte for byte as {@code message.eml}
 * @param connectionsPerMailbox most requests for one mailbox at a time
 * @param connections most requests in all at a time
 * @param probeMailbox a mailbox that is known to exist; null: none
 * @param leaseTimeout how long a call waits while others make the most requests that are allowed
 * @param trustManager null: the JVM's
 */
public record GraphSettings(
        URI baseUrl,
        TokenCredential credential,
        String tokenScope,
        boolean attachOriginal,
        int connectionsPerMailbox,
        int connections,
        String probeMailbox,
        Duration connectTimeout,
        Duration readTimeout,
        Duration leaseTimeout,
        Duration idleTimeout,
        X509TrustManager trustManager) {

    @Override
    public String toString() {
        return baseUrl.toString();
    }
}
