package org.chatarchiver.delivery;

import com.azure.core.credential.TokenCredential;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.chatarchiver.ledger.MailboxSlots;
import org.chatarchiver.msexchange.MicrosoftExchangeComponent;
import org.chatarchiver.msexchange.MicrosoftExchangeConfiguration;
import org.chatarchiver.msexchange.MicrosoftExchangeConstants;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.ews.EwsAuthentication;
import org.chatarchiver.observation.CarryingExecutor;
import org.chatarchiver.security.NamedBundles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The component {@code microsoft-exchange:} with the settings {@code archiver.exchange.*}, and the threads that deliver by it. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    @Bean(MicrosoftExchangeConstants.SCHEME + "-component")
    MicrosoftExchangeComponent microsoftExchange(
            CamelContext context,
            ExchangeProperties properties,
            ObjectProvider<TokenCredential> credential,
            Slots slots,
            SslBundles bundles) {
        MicrosoftExchangeConfiguration options = new MicrosoftExchangeConfiguration();
        options.setTransport(properties.transport());
        options.setConnectTimeout(properties.connectTimeout().toMillis());
        options.setReadTimeout(properties.readTimeout().toMillis());
        options.setConnections(properties.connections());
        options.setConnectionsPerMailbox(properties.connectionsPerMailbox());
        options.setProbeMailbox(emptyToNull(properties.probeMailbox()));
        options.setTokenScope(emptyToNull(properties.tokenScope()));
        if (!properties.sslBundle().isEmpty()) {
            options.setSslContextParameters(
                    new BundledSsl(NamedBundles.find(bundles, "archiver.exchange.ssl-bundle", properties.sslBundle())));
        }
        boolean token =
                switch (properties.transport()) {
                    case imap -> imap(options, properties.imap());
                    case graph -> graph(options, properties.graph());
                    case ews -> ews(options, properties.ews());
                };
        if (token) {
            options.setTokenCredential(credential.getObject());
        }
        MicrosoftExchangeComponent component = new MicrosoftExchangeComponent(context, slots);
        component.setConfiguration(options);
        return component;
    }

    /** Archivers that share a ledger share the connections that a mailbox may have. */
    @Bean
    Slots slots(MailboxSlots ledger) {
        return ledger.isShared() ? new SharedSlots(ledger) : Slots.ALONE;
    }

    /**
     * As many appends at a time as there may be connections, and as many again that wait for a second as their mailbox asked; a page's
     * own thread helps out when all are busy.
     */
    @Bean
    ExecutorService deliveries(CamelContext context, ExchangeProperties exchange) {
        return new CarryingExecutor(context.getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "deliveries",
                        new ThreadPoolProfileBuilder("deliveries")
                                .poolSize(2 * exchange.connections())
                                .maxPoolSize(2 * exchange.connections())
                                .maxQueueSize(1_000)
                                .build()));
    }

    /** Whether a token is needed; so do the others tell. */
    private static boolean imap(MicrosoftExchangeConfiguration options, ExchangeProperties.Imap imap) {
        options.setHost(imap.host());
        options.setPort(imap.port());
        options.setSecurity(imap.security());
        options.setAuth(imap.auth());
        if (imap.auth() == Authentication.plain) {
            options.setUsername(imap.username());
            options.setPassword(imap.password());
        }
        return imap.auth() == Authentication.xoauth2;
    }

    private static boolean graph(MicrosoftExchangeConfiguration options, ExchangeProperties.Graph graph) {
        options.setGraphBaseUrl(graph.baseUrl());
        options.setAttachOriginal(graph.attachOriginal());
        return true;
    }

    private static boolean ews(MicrosoftExchangeConfiguration options, ExchangeProperties.Ews ews) {
        options.setEwsUrl(ews.url());
        options.setEwsAuth(ews.auth());
        options.setUsername(emptyToNull(ews.username()));
        options.setPassword(emptyToNull(ews.password()));
        return ews.auth() == EwsAuthentication.oauth2;
    }

    private static String emptyToNull(String value) {
        return value.isEmpty() ? null : value;
    }

    /** Trusts what a Spring SSL bundle trusts. */
    private static final class BundledSsl extends SSLContextParameters {
        private final SslBundle bundle;

        BundledSsl(SslBundle bundle) {
            this.bundle = bundle;
            setTrustManagers(new TrustManagersParameters() {
                @Override
                public TrustManager[] createTrustManagers() {
                    return bundle.getManagers().getTrustManagers();
                }
            });
        }

        @Override
        public SSLContext createSSLContext(CamelContext context) {
            return bundle.createSslContext();
        }
    }
}
