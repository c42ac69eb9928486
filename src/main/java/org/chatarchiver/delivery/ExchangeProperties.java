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
 * @param transport imap, graph or ews; the README of the component tells when to use which, and what to grant
 * @param connections most connections in all, of one archiver
 * @param connectionsPerMailbox most connections to one mailbox, or requests for it, at a time, of all archivers that share a ledger in
 *     PostgreSQL
 * @param domains mailboxes outside of these domains are never asked for; empty for any
 * @param probeMailbox a mailbox that surely exists: decides what a refused log-in means. Recommended; without it a second mailbox that is
 *     refused as well makes an outage, which ends as soon as any other that is known may be used
 * @param tokenScope what a token is asked for; empty for {@code /.default} of the transport's host
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 * @param connectTimeout time until a connection stands
 * @param readTimeout time without an answer
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
     * @param host of the IMAP server
     * @param port of the IMAP server
     * @param security tls from the first byte, starttls, or none
     * @param auth xoauth2 with a token of {@code archiver.azure-ad.*}, or plain: SASL PLAIN with username and password
     * @param username of an account that may open every mailbox (auth=plain)
     * @param password of that account; secret
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
     * @param baseUrl address of the cloud, with the version
     * @param attachOriginal whether each item carries the e-mail byte for byte as {@code message.eml}
     */
    public record Graph(
            @NotBlank @DefaultValue("https://graph.microsoft.com/v1.0")
            String baseUrl,

            @DefaultValue("true") boolean attachOriginal) {}

    /**
     * @param url such as {@code https://mail.contoso.example/EWS/Exchange.asmx}; required with ews
     * @param auth basic, ntlm, or oauth2 with a token of {@code archiver.azure-ad.*}
     * @param username of an account that may impersonate (auth=basic, ntlm): {@code user@domain} or {@code DOMAIN\\user}
     * @param password of that account; secret
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
