package org.chatarchiver.msexchange.transport.ews;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.EwsStub;

/** Settings for tests, one difference at a time. */
final class EwsOptions {
    URI url;
    EwsAuthentication authentication = EwsAuthentication.basic;
    String username = EwsStub.USER;
    String password = EwsStub.PASSWORD;
    TokenCredential credential;
    int connectionsPerMailbox = 3;
    int connections = 16;
    String probeMailbox;
    Duration timeout = Duration.ofSeconds(20);
    Duration leaseTimeout = Duration.ofSeconds(20);
    Duration idleTimeout = Duration.ofMinutes(1);
    int batchBytes = 4 << 20;
    SSLContext sslContext;

    EwsOptions(EwsStub stub) {
        url = stub.url();
        sslContext = Certificates.trusting(stub.trustStore(), EwsStub.TRUST_STORE_PASSWORD);
    }

    EwsSettings settings() {
        return new EwsSettings(
                url,
                authentication,
                username,
                password,
                credential,
                "https://mail.example.com/.default",
                new ConnectionSettings(
                        connectionsPerMailbox, connections, probeMailbox, timeout, timeout, leaseTimeout, idleTimeout),
                batchBytes,
                sslContext);
    }
}
