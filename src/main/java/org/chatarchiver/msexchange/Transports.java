package org.chatarchiver.msexchange;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.ews.EwsSettings;
import org.chatarchiver.msexchange.transport.ews.EwsTransport;
import org.chatarchiver.msexchange.transport.graph.GraphSettings;
import org.chatarchiver.msexchange.transport.graph.GraphTransport;
import org.chatarchiver.msexchange.transport.imap.ImapSettings;
import org.chatarchiver.msexchange.transport.imap.ImapTransport;

/** Opens the transport that options name. */
final class Transports {
    private static final String EXCHANGE_ONLINE = "https://outlook.office365.com";

    private final MicrosoftExchangeConfiguration options;
    private final Slots slots;
    private final CamelContext context;

    private Transports(MicrosoftExchangeConfiguration options, Slots slots, CamelContext context) {
        this.options = options;
        this.slots = slots;
        this.context = context;
    }

    static MailboxTransport open(MicrosoftExchangeConfiguration options, Slots slots, CamelContext context) {
        Transports transports = new Transports(options, slots, context);
        try {
            return switch (options.getTransport()) {
                case imap -> transports.imap();
                case graph -> transports.graph();
                case ews -> transports.ews();
            };
        } catch (GeneralSecurityException | IOException e) {
            throw new RuntimeCamelException("microsoft-exchange: sslContextParameters cannot be used", e);
        }
    }

    private ImapTransport imap() throws GeneralSecurityException, IOException {
        return new ImapTransport(new ImapSettings(
                options.getHost(),
                options.getPort(),
                options.getSecurity(),
                options.getAuth(),
                options.getUsername(),
                options.getPassword(),
                options.getTokenCredential(),
                scope(URI.create(EXCHANGE_ONLINE)),
                connections(),
                options.getBatchBytes(),
                sslContext()));
    }

    private GraphTransport graph() throws GeneralSecurityException, IOException {
        URI url = URI.create(options.getGraphBaseUrl());
        return new GraphTransport(new GraphSettings(
                url,
                options.getTokenCredential(),
                scope(url),
                options.isAttachOriginal(),
                connections(),
                trustManager()));
    }

    private EwsTransport ews() throws GeneralSecurityException, IOException {
        URI url = URI.create(options.getEwsUrl());
        return new EwsTransport(new EwsSettings(
                url,
                options.getEwsAuth(),
                options.getUsername(),
                options.getPassword(),
                options.getTokenCredential(),
                scope(url),
                connections(),
                options.getBatchBytes(),
                sslContext()));
    }

    private ConnectionSettings connections() {
        return new ConnectionSettings(
                options.getConnectionsPerMailbox(),
                options.getConnections(),
                options.getProbeMailbox(),
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getReadTimeout()),
                Duration.ofMillis(options.getLeaseTimeout()),
                Duration.ofMillis(options.getIdleTimeout()),
                slots);
    }

    private String scope(URI resource) {
        return options.getTokenScope() == null
                ? "https://" + resource.getHost() + "/.default"
                : options.getTokenScope();
    }

    private SSLContext sslContext() throws GeneralSecurityException, IOException {
        SSLContextParameters parameters = options.getSslContextParameters();
        return parameters == null ? null : parameters.createSSLContext(context);
    }

    private X509TrustManager trustManager() throws GeneralSecurityException, IOException {
        SSLContextParameters parameters = options.getSslContextParameters();
        if (parameters == null || parameters.getTrustManagers() == null) {
            return null;
        }
        return Arrays.stream(parameters.getTrustManagers().createTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("trustManagers has none for X.509 certificates"));
    }
}
