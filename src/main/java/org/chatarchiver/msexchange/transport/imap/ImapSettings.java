package org.chatarchiver.msexchange.transport.imap;

import com.azure.core.credential.TokenCredential;
import javax.net.ssl.SSLContext;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.Security;

/**
 * Where and how mailboxes are reached by IMAP.
 *
 * @param username the master user of {@link Authentication#plain}; null: the mailbox's own address is the user name
 * @param password of the master user
 * @param credential gives the tokens of {@link Authentication#xoauth2}
 * @param batchBytes most bytes of e-mail in one MULTIAPPEND
 * @param sslContext null: the JVM's
 */
public record ImapSettings(
        String host,
        int port,
        Security security,
        Authentication authentication,
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
        return "imap://" + host + ":" + port + " " + security + " " + authentication;
    }
}
