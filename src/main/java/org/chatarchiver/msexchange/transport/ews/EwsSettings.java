package org.chatarchiver.msexchange.transport.ews;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Where and how mailboxes are reached by Exchange Web Services.
 *
 * @param url of the service: {@code https://mail.example.com/EWS/Exchange.asmx}
 * @param username of the account that may impersonate, for basic and ntlm: {@code user@domain} or {@code DOMAIN\\user}
 * @param password of that account
 * @param credential gives the tokens of {@link EwsAuthentication#oauth2}
 * @param tokenScope what tokens are asked for
 * @param connectionsPerMailbox most requests for one mailbox at a time
 * @param connections most requests in all at a time
 * @param probeMailbox a mailbox that is known to exist; null: none
 * @param leaseTimeout how long a call waits while others make the most requests that are allowed
 * @param idleTimeout how long an unused connection is kept open
 * @param batchBytes most bytes of e-mail in one request
 * @param sslContext null: the JVM's
 */
public record EwsSettings(
        URI url,
        EwsAuthentication authentication,
        String username,
        String password,
        TokenCredential credential,
        String tokenScope,
        int connectionsPerMailbox,
        int connections,
        String probeMailbox,
        Duration connectTimeout,
        Duration readTimeout,
        Duration leaseTimeout,
        Duration idleTimeout,
        int batchBytes,
        SSLContext sslContext) {

    /** Shows neither password nor token. */
    @Override
    public String toString() {
        return url + " " + authentication;
    }
}
