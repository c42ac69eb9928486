package org.chatarchiver.msexchange.transport.ews;

import com.azure.core.credential.TokenCredential;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.chatarchiver.msexchange.transport.ConnectionSettings;

/**
 * Where and how mailboxes are reached by Exchange Web Services.
 *
 * @param url of the service: {@code https://mail.example.com/EWS/Exchange.asmx}
 * @param username of the account that may impersonate, for basic and ntlm: {@code user@domain} or {@code DOMAIN\\user}
 * @param password of that account
 * @param credential gives the tokens of {@link EwsAuthentication#oauth2}
 * @param tokenScope what tokens are asked for
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
        ConnectionSettings connections,
        int batchBytes,
        SSLContext sslContext) {

    /** Shows neither password nor token. */
    @Override
    public String toString() {
        return url + " " + authentication;
    }
}
