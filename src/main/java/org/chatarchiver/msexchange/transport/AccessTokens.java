package org.chatarchiver.msexchange.transport;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The access token, kept and renewed five minutes before it ends. Safe for use by many threads: one asks, the others wait, and what it is
 * told they are told too.
 */
public final class AccessTokens {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Long enough for all who have waited meanwhile, none of whom is to wait for a time-out of its own. */
    private static final long REFUSED_FOR = Duration.ofSeconds(1).toNanos();

    private final TokenCredential credential;
    private final TokenRequestContext request;
    private AccessToken token;
    private TransportError refusal;
    private long refusedAt;

    public AccessTokens(TokenCredential credential, String scope) {
        this.credential = credential;
        this.request = new TokenRequestContext().addScopes(scope);
    }

    public synchronized String current() throws TransportException {
        if (token == null
                || token.getExpiresAt()
                        .isBefore(OffsetDateTime.now(ZoneOffset.UTC).plus(AHEAD))) {
            token = ask();
        }
        return token.getToken();
    }

    /** A token other than the refused one; the refused one where the credential still gives no other. */
    public synchronized String instead(String refused) throws TransportException {
        if (token.getToken().equals(refused)) {
            token = ask();
        }
        return token.getToken();
    }

    /** Whether the token surely gives the application this role (claim {@code roles}); false for one that cannot be read, too. */
    public synchronized boolean role(String name) {
        return token != null && TokenRoles.of(token.getToken()).contains(name);
    }

    private AccessToken ask() throws TransportException {
        if (refusal != null && System.nanoTime() - refusedAt < REFUSED_FOR) {
            throw refusal.thrown();
        }
        try {
            AccessToken fresh = credential.getToken(request).block(TIMEOUT);
            if (fresh != null) {
                refusal = null;
                return fresh;
            }
            refusal = TransportError.passing(Fault.CREDENTIALS_REFUSED, "the credential gave no token");
        } catch (RuntimeException e) {
            refusal = TokenFaults.of(e);
        }
        refusedAt = System.nanoTime();
        throw refusal.thrown();
    }
}
