package org.chatarchiver.routing;

import com.azure.core.credential.TokenCredential;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.chatarchiver.msexchange.MicrosoftExchangeComponent;
import org.chatarchiver.msexchange.MicrosoftExchangeConfiguration;
import org.chatarchiver.msexchange.MicrosoftExchangeConstants;
import org.chatarchiver.msexchange.transport.Authentication;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the settings {@code archiver.exchange.*} to the component {@code microsoft-exchange:}. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {
    @Bean(MicrosoftExchangeConstants.SCHEME + "-component")
    MicrosoftExchangeComponent microsoftExchange(
            CamelContext context,
            ExchangeProperties properties,
            ObjectProvider<TokenCredential> credential,
            SslBundles bundles) {
        MicrosoftExchangeConfiguration options = new MicrosoftExchangeConfiguration();
        ExchangeProperties.Imap imap = properties.imap();
        options.setTransport(properties.transport());
        options.setHost(imap.host());
        options.setPort(imap.port());
        options.setSecurity(imap.security());
        options.setAuth(imap.auth());
        options.setTokenScope(imap.tokenScope());
        options.setConnectTimeout(imap.connectTimeout().toMillis());
        options.setReadTimeout(imap.readTimeout().toMillis());
        options.setConnections(properties.connections());
        options.setConnectionsPerMailbox(properties.connectionsPerMailbox());
        if (!properties.probeMailbox().isEmpty()) {
            options.setProbeMailbox(properties.probeMailbox());
        }
        if (imap.auth() == Authentication.plain) {
            options.setUsername(imap.username());
            options.setPassword(imap.password());
        } else {
            options.setTokenCredential(credential.getObject());
        }
        if (!imap.sslBundle().isEmpty()) {
            options.setSslContextParameters(new BundledSsl(bundles.getBundle(imap.sslBundle())));
        }
        MicrosoftExchangeComponent component = new MicrosoftExchangeComponent(context);
        component.setConfiguration(options);
        return component;
    }

    /** Trusts what a Spring SSL bundle trusts. */
    private static final class BundledSsl extends SSLContextParameters {
        private final SslBundle bundle;

        BundledSsl(SslBundle bundle) {
            this.bundle = bundle;
        }

        @Override
        public SSLContext createSSLContext(CamelContext context) {
            return bundle.createSslContext();
        }
    }
}
