package org.chatarchiver.oidc;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.chatarchiver.ledger.SharedKeys;
import org.chatarchiver.security.LoginAudit;
import org.chatarchiver.security.NamedBundles;
import org.chatarchiver.security.OtherLogIn;
import org.chatarchiver.security.SessionCookies;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.security.oauth2.client.ClientsConfiguredCondition;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.UserDetailsService;

/** There where {@code spring.security.oauth2.client.registration.*} names an issuer. Spring Boot's own would ask it at the start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Conditional(ClientsConfiguredCondition.class)
class OidcConfiguration {
    private static final String LOG_INS = "log-ins under way";

    @Bean
    OtherLogIn openIdConnect(
            Environment environment,
            OidcProperties settings,
            SslBundles bundles,
            SessionCookies cookies,
            UserDetailsService users,
            LoginAudit audit,
            SharedKeys keys) {
        OAuth2ClientProperties properties =
                Binder.get(environment).bindOrCreate("spring.security.oauth2.client", OAuth2ClientProperties.class);
        List<Client> clients = Client.all(properties);
        return new OidcDoor(
                clients,
                new IssuerHttp(tls(settings, bundles)),
                new OidcUsers(settings, users),
                cookies,
                audit,
                () -> keys.of(LOG_INS));
    }

    private static SSLContext tls(OidcProperties settings, SslBundles bundles) {
        if (!settings.sslBundle().isEmpty()) {
            return NamedBundles.find(bundles, "archiver.security.oidc.ssl-bundle", settings.sslBundle())
                    .createSslContext();
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }
}
