package org.chatarchiver.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.chatarchiver.msexchange.MicrosoftExchangeTransport;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.msexchange.transport.ews.EwsAuthentication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the mailboxes are.
 *
 * @param domains mailboxes outside of them are never asked for; empty for any
 * @param probeMailbox a mailbox that surely exists; settles what a refused log-in means
 * @param tokenScope what a token is asked for; empty for the default scope of the transport's host
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 */
@Validated
@ConfigurationProperties("archiver.exchange")
public record ExchangeProperties(
        @NotNull @DefaultValue("imap") MicrosoftExchangeTransport transport,
        @Min(1) @Max(20) @DefaultValue("3") int connectionsPerMailbox,
        @Min(1) @Max(500) @DefaultValue("16") int connections,
        @NotNull @DefaultValue Set<String> domains,
        @NotNull @DefaultValue("") String probeMailbox,
        @NotNull @DefaultValue("") String tokenScope,
        @NotNull @DefaultValue("") String sslBundle,
        @NotNull @DefaultValue("20s") Duration connectTimeout,
        @NotNull @DefaultValue("60s") Duration readTimeout,
        @NotNull @Valid @DefaultValue Imap imap,
        @NotNull @Valid @DefaultValue Graph graph,
        @NotNull @Valid @DefaultValue Ews ews) {

    /**
     * @param username of an account that may open every mailbox (auth=plain)
     * @param password of that account
     */
    public record Imap(
            @NotBlank @DefaultValue("outlook.office365.com") String host,
            @Min(1) @Max(65535) @DefaultValue("993") int port,
            @NotNull @DefaultValue("tls") Security security,
            @NotNull @DefaultValue("xoauth2") Authentication auth,
            @NotNull @DefaultValue("") String username,
            @NotNull @DefaultValue("") String password) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * @param baseUrl of the cloud, with the version
     * @param attachOriginal whether the e-mail goes along byte for byte as {@code message.eml}
     */
    public record Graph(
            @NotBlank @DefaultValue("https://graph.microsoft.com/v1.0")
            String baseUrl,

            @DefaultValue("true") boolean attachOriginal) {}

    /**
     * @param url such as {@code https://mail.example.com/EWS/Exchange.asmx}
     * @param username of an account that may impersonate (auth=basic, ntlm): {@code user@domain} or {@code DOMAIN\\user}
     * @param password of that account
     */
    public record Ews(
            @NotNull @DefaultValue("") String url,
            @NotNull @DefaultValue("basic") EwsAuthentication auth,
            @NotNull @DefaultValue("") String username,
            @NotNull @DefaultValue("") String password) {
        @Override
        public String toString() {
            return url;
        }
    }
}
