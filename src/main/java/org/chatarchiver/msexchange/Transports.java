package org.chatarchiver.msexchange;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.chatarchiver.msexchange.transport.ImapSettings;
import org.chatarchiver.msexchange.transport.ImapTransport;
import org.chatarchiver.msexchange.transport.MailboxTransport;

/** Opens the transport that options name. */
final class Transports {
    private Transports() {}

    static MailboxTransport open(MicrosoftExchangeConfiguration options, CamelContext context) {
        return switch (options.getTransport()) {
            case imap -> new ImapTransport(imap(options, context));
        };
    }

    private static ImapSettings imap(MicrosoftExchangeConfiguration options, CamelContext context) {
        return new ImapSettings(
                options.getHost(),
                options.getPort(),
                options.getSecurity(),
                options.getAuth(),
                options.getUsername(),
                options.getPassword(),
                options.getTokenCredential(),
                options.getTokenScope(),
                options.getConnectionsPerMailbox(),
                options.getConnections(),
                options.getProbeMailbox(),
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getReadTimeout()),
                Duration.ofMillis(options.getLeaseTimeout()),
                Duration.ofMillis(options.getIdleTimeout()),
                options.getBatchBytes(),
                sslContext(options.getSslContextParameters(), context));
    }

    private static SSLContext sslContext(SSLContextParameters parameters, CamelContext context) {
        try {
            return parameters == null ? null : parameters.createSSLContext(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new RuntimeCamelException("microsoft-exchange: sslContextParameters cannot be used", e);
        }
    }
}
