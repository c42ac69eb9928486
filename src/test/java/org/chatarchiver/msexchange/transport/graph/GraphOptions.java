package org.chatarchiver.msexchange.transport.graph;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.X509TrustManager;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.imap.ImapOptions;
import org.chatarchiver.servers.GraphStub;

/** Settings for tests, one difference at a time. */
final class GraphOptions {
    URI baseUrl;
    TokenCredential credential = ImapOptions.credential(() -> "token");
    boolean attachOriginal = true;
    int connectionsPerMailbox = 3;
    int connections = 16;
    String probeMailbox;
    Duration timeout = Duration.ofSeconds(20);
    Duration leaseTimeout = Duration.ofSeconds(20);
    X509TrustManager trustManager;
    LongSupplier nanoTime = System::nanoTime;

    static GraphOptions at(GraphStub stub) {
        GraphOptions options = new GraphOptions();
        options.baseUrl = stub.baseUrl();
        return options;
    }

    GraphTransport open() {
        GraphSettings settings = new GraphSettings(
                baseUrl,
                credential,
                "https://graph.microsoft.com/.default",
                attachOriginal,
                new ConnectionSettings(
                        connectionsPerMailbox,
                        connections,
                        probeMailbox,
                        timeout,
                        timeout,
                        leaseTimeout,
                        Duration.ofMinutes(1)),
                trustManager);
        return new GraphTransport(settings, nanoTime);
    }
}
