package org.chatarchiver.msexchange.transport.imap;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.Dovecot;
import reactor.core.publisher.Mono;

/** Settings for tests, one difference at a time. */
public final class ImapOptions {
    String host = "127.0.0.1";
    public int port;
    Security security = Security.none;
    Authentication authentication = Authentication.plain;
    String username;
    String password = Dovecot.USER_PASSWORD;
    TokenCredential credential;
    int connectionsPerMailbox = 3;
    int connections = 16;
    String probeMailbox;
    Duration timeout = Duration.ofSeconds(20);
    Duration leaseTimeout = Duration.ofSeconds(20);
    Duration idleTimeout = Duration.ofMinutes(1);
    Slots slots = Slots.ALONE;
    int batchBytes = 4 << 20;
    SSLContext sslContext;

    static ImapOptions master(Dovecot dovecot) {
        ImapOptions options = new ImapOptions();
        options.host = dovecot.host();
        options.port = dovecot.imapsPort();
        options.security = Security.tls;
        options.username = Dovecot.MASTER;
        options.password = Dovecot.MASTER_PASSWORD;
        options.sslContext = Certificates.trusting(dovecot.trustStore(), Dovecot.TRUST_STORE_PASSWORD);
        return options;
    }

    static ImapOptions xoauth2(Dovecot dovecot) {
        ImapOptions options = master(dovecot);
        options.authentication = Authentication.xoauth2;
        options.username = null;
        options.password = null;
        options.credential = credential(() -> dovecot.token(Duration.ofHours(1)));
        return options;
    }

    public static TokenCredential credential(Supplier<String> tokens) {
        return request -> Mono.fromSupplier(() ->
                new AccessToken(tokens.get(), OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    public ImapSettings settings() {
        return new ImapSettings(
                host,
                port,
                security,
                authentication,
                username,
                password,
                credential,
                "https://outlook.office365.com/.default",
                new ConnectionSettings(
                        connectionsPerMailbox,
                        connections,
                        probeMailbox,
                        timeout,
                        timeout,
                        leaseTimeout,
                        idleTimeout,
                        slots),
                batchBytes,
                sslContext);
    }
}
