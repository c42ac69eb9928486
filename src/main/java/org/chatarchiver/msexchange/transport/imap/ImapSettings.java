package org.chatarchiver.msexchange.transport.imap;

import com.azure.core.credential.TokenCredential;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Security;

/**
 * Where and how mailboxes are reached by IMAP.
 *
 * @param username the master user of {@link Authentication#plain}; null: the mailbox's own address is the user name
 * @param password of the master user
 * @param credential gives the tokens of {@link Authentication#xoauth2}
 * @param connectionsPerMailbox most connections to one mailbox at a time
 * @param connections most connections in all
 * @param probeMailbox a mailbox that is known to exist, which tells a missing mailbox from refused credentials; null: none
 * @param leaseTimeout how long a call waits for a connection that others use
 * @param idleTimeout how long an unused connection is kept open
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
        return "imap://" + host + ":" + port + " " + security + " " + authentication;
    }
}
