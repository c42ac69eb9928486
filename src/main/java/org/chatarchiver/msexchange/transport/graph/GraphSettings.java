package org.chatarchiver.msexchange.transport.graph;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import javax.net.ssl.X509TrustManager;
import org.chatarchiver.msexchange.transport.ConnectionSettings;

/**
 * Where and how mailboxes are reached by Microsoft Graph.
 *
 * @param baseUrl of the cloud, with the version: {@code https://graph.microsoft.com/v1.0}
 * @param tokenScope what tokens are asked for
 * @param attachOriginal whether the e-mail goes along byte for byte as {@code message.eml}
 * @param trustManager null: the JVM's
 */
public record GraphSettings(
        URI baseUrl,
        TokenCredential credential,
        String tokenScope,
        boolean attachOriginal,
        ConnectionSettings connections,
        X509TrustManager trustManager) {

    @Override
    public String toString() {
        return baseUrl.toString();
    }
}
