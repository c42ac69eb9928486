package org.chatarchiver.alert;

import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.JavaMailSender;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.security.NamedBundles;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How alerts are sent. The password is here, and so in no route's URI. */
@Configuration(proxyBeanMethods = false)
class AlertConfiguration {
    private static final String TIMEOUT_MILLIS = "20000";

    @Bean
    JavaMailSender alertSender(AlertProperties alerts, SslBundles bundles) {
        String protocol = alerts.security() == Security.tls ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties session = new Properties();
        session.put(prefix + "auth", Boolean.toString(!alerts.username().isEmpty()));
        session.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
        session.put(prefix + "timeout", TIMEOUT_MILLIS);
        session.put(prefix + "writetimeout", TIMEOUT_MILLIS);
        String starttls = Boolean.toString(alerts.security() == Security.starttls);
        session.put(prefix + "starttls.enable", starttls);
        session.put(prefix + "starttls.required", starttls);
        session.put(prefix + "ssl.checkserveridentity", "true");
        if (!alerts.sslBundle().isEmpty()) {
            session.put(
                    prefix + "ssl.socketFactory",
                    NamedBundles.find(bundles, "archiver.alerts.ssl-bundle", alerts.sslBundle())
                            .createSslContext()
                            .getSocketFactory());
        }
        DefaultJavaMailSender sender = new DefaultJavaMailSender();
        sender.setProtocol(protocol);
        sender.setHost(alerts.host());
        sender.setPort(alerts.port());
        if (!alerts.username().isEmpty()) {
            sender.setUsername(alerts.username());
            sender.setPassword(alerts.password());
        }
        sender.setJavaMailProperties(session);
        return sender;
    }
}
