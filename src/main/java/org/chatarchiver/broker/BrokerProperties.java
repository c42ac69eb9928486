package org.chatarchiver.broker;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The broker of a page queue {@code amqp:...}.
 *
 * @param url such as {@code amqps://broker.example.com:5671}; without TLS, {@code amqp://}, on loopback only. Options of Qpid JMS may follow
 * @param username for the broker; empty for one that asks for none. The password is the file {@code secrets/broker/password} of the data
 *     directory, read at each connection
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 * @param acknowledgement transacted, or client for a broker without local transactions, as Azure Service Bus
 * @param timeout for a connection, a request and a send
 * @param deadLetterQueue Camel URI of the queue to which the broker moves references whose tries ran out; the archiver's alone. Required with
 *     a page queue {@code amqp:...}
 */
@Validated
@ConfigurationProperties("archiver.broker")
public record BrokerProperties(
        @NotNull @DefaultValue("") String url,
        @NotNull @DefaultValue("") String username,
        @NotNull @DefaultValue("") String sslBundle,
        @NotNull @DefaultValue("transacted") Acknowledgement acknowledgement,

        @NotNull @DurationMin(millis = 100) @DefaultValue("10s")
        Duration timeout,

        @NotBlank @DefaultValue("direct:dead-pages") String deadLetterQueue) {
    private static final String URL = "archiver.broker.url";

    /** When the broker is told that a reference needs no more tries. Spring's own default tells it before anything is done. */
    public enum Acknowledgement {
        /** By the commit of a local transaction. */
        transacted,
        /** By JMS' acknowledgement, behind the work. */
        client
    }

    public BrokerProperties {
        url = url.strip();
        if (!url.isEmpty()) {
            requireSafe(url);
        }
    }

    private static void requireSafe(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(URL + " holds no valid URL");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    URL
                            + " names a user; leave it to archiver.broker.username, and the password to the file secrets/broker/password of the data directory");
        }
        boolean plain = "amqp".equals(uri.getScheme());
        String host = uri.getHost();
        if (host == null || !(plain ? isLoopback(host) : "amqps".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(URL + " must be amqps://<host>, or amqp:// on a loopback host; it names "
                    + uri.getScheme() + "://" + host);
        }
        String options = uri.getRawQuery() == null ? "" : uri.getRawQuery().toLowerCase(Locale.ROOT);
        if (options.contains("trustall") || options.contains("verifyhost") || options.contains("password")) {
            throw new IllegalArgumentException(
                    URL
                            + " has an option that turns the check of the broker's certificate off, or a password; trust a certificate by archiver.broker.ssl-bundle");
        }
    }

    /** By its spelling: a name is not asked for. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }
}
